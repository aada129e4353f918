/// <reference lib="esnext.disposable" preserve="true" />

import type { Connection } from "#wasm";
import { addEventListener, removeEventListener } from "./dispatch.js";
import type { SteadySocketEventMap } from "./events.js";
import { checkCloseCode, checkReason, toCloseCode } from "./farewell.js";
import { Host, sessionOver } from "./host.js";
import { expose } from "./interface.js";
import type {
  Payload,
  Protocols,
  Provided,
  SendOptions,
  State,
  Stats,
  SteadySocketOptions,
} from "./options.js";
import { byteLength, snapshot, toPayload } from "./payload.js";
import { platformWebSocket } from "./platform.js";

type Handler<T extends keyof SteadySocketEventMap> = ((event: SteadySocketEventMap[T]) => unknown) | null;
type Listener<T extends keyof SteadySocketEventMap> =
  | ((this: SteadySocket, event: SteadySocketEventMap[T]) => unknown)
  | { handleEvent(event: SteadySocketEventMap[T]): unknown };
interface Listen<Options> {
  <T extends keyof SteadySocketEventMap>(
    type: T,
    listener: Listener<T> | null,
    options?: Options | boolean,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject | null, options?: Options | boolean): void;
}

/** What `Connection.figure` tells. */
enum Figure {
  ReadyState,
  QueuedMessages,
  QueuedBytes,
  IsDrained,
  InFlight,
  SendsAtOnce,
}

/** Why `Connection.send` does not take a message. */
enum Refused {
  NotOpen = 1,
  QueueFull = 2,
  Closed = 3,
}

/**
 * A `WebSocket` that stays connected: it reconnects, and keeps what is sent meanwhile.
 *
 * It has the members of the browser's `WebSocket`, with these differences:
 * - `readyState` is `CONNECTING` between two connections, and `CLOSED` only when the session is over ({@link state} tells more);
 * - `open` and `close` fire at each connection and disconnection; `open` has `reconnected`, `close` has `cause` and `willReconnect`;
 * - {@link send} does not throw while there is no connection: the message waits in the queue.
 *
 * @example
 * ```ts
 * const socket = new SteadySocket("/chat", [], { heartbeat: { message: "ping", reply: "pong" } });
 * socket.onmessage = ({ data }) => console.log(data);
 * socket.send("hello");
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the static block defines each member of the interface
export class SteadySocket extends EventTarget {
  /** No connection yet, or between two. */
  declare static readonly CONNECTING: 0;
  /** Connected. */
  declare static readonly OPEN: 1;
  /** `close()` was called; the server has not answered yet. */
  declare static readonly CLOSING: 2;
  /** Over, or not begun. */
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;

  readonly #host: Host;
  readonly #connection: Connection;
  readonly #handlers = new Map<string, { handler: unknown; listener: (event: Event) => void }>();

  /**
   * Starts to connect, unless the option `startClosed` says otherwise.
   *
   * @param url A string, a `URL`, or a function that gives one, now or later: it is asked before every attempt, so that
   *   a token can be fresh. Relative ones resolve against the page; http means ws, and https wss.
   * @param protocols A subprotocol, several, or a function that gives them before every attempt.
   * @param options See {@link SteadySocketOptions}.
   * @throws SyntaxError (a `DOMException`) if the URL or a subprotocol is invalid.
   * @throws RangeError if an option is not what is allowed.
   */
  constructor(
    url: Provided<string | URL>,
    protocols: Provided<Protocols | undefined> = [],
    options: SteadySocketOptions = {},
  ) {
    super();
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    needsArgument(arguments);
    this.#host = new Host(this, url, protocols, options, platformWebSocket(SteadySocket));
    this.#connection = this.#host.connection;
    if (!options.startClosed) this.#host.start();
  }

  /** The URL of the latest attempt; empty until a function has given one. */
  get url(): string {
    return this.#host.url;
  }

  /** `CONNECTING`, `OPEN`, `CLOSING` or `CLOSED`. */
  get readyState(): 0 | 1 | 2 | 3 {
    return this.#readyState();
  }

  /** What the session is doing, more finely than {@link readyState}. */
  get state(): State {
    return this.#connection.state as State;
  }

  /** The subprotocol that the server chose for the latest connection. */
  get protocol(): string {
    return this.#host.socket?.protocol ?? "";
  }

  /** The extensions that the server chose for the latest connection. */
  get extensions(): string {
    return this.#host.socket?.extensions ?? "";
  }

  /** Bytes sent but not handed to the network yet: those in the queue and those in the socket's own buffer. */
  get bufferedAmount(): number {
    const queued = this.#connection.figure(Figure.QueuedBytes);
    // What was in the buffer of a connection that is lost is lost.
    return queued + ((this.#readyState() && this.#host.socket?.bufferedAmount) || 0);
  }

  /** What binary messages arrive as. Other values are ignored. */
  get binaryType(): BinaryType {
    return this.#host.binaryType;
  }

  set binaryType(type: BinaryType) {
    this.#host.setBinaryType(`${type}`);
  }

  /**
   * Sends a message: at once if there is a connection with room in its buffer, else as soon as there is one.
   * Messages go in the order sent. One that will never be sent is told by a `drop` event, also after {@link close}.
   *
   * @throws InvalidStateError (a `DOMException`) without a queue, while there is no connection.
   * @throws TypeError if a buffer is shared or resizable, as `WebSocket` does.
   * @throws QuotaExceededError (a `DOMException`) if the queue is full and `queue.overflow` is `'throw'`.
   * @throws RangeError if `ttl` is negative or no number.
   */
  send(data: Payload, options: SendOptions = {}): void {
    const connection = this.#connection;
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    needsArgument(arguments);
    const ttl = options?.ttl;
    if (ttl !== undefined && !(ttl >= 0)) {
      throw new RangeError(`SteadySocket: ttl is ${ttl}; allowed: 0 ms or more, or Infinity`);
    }
    const payload = toPayload(data);
    // What the browser takes before this returns need not be copied. It takes nothing once the server has begun to close.
    const isTaken =
      typeof payload === "string" || (this.#readyState() === 1 && connection.figure(Figure.SendsAtOnce));
    this.#host.attach();
    const refused = connection.send(isTaken ? payload : snapshot(payload), byteLength(payload), ttl ?? NaN);
    if (refused === Refused.NotOpen && !this.#readyState()) {
      throw new DOMException("No connection yet.", "InvalidStateError");
    }
    if (refused === Refused.QueueFull) throw new DOMException("The queue is full.", "QuotaExceededError");
    if (refused) this.#host.refused(payload);
  }

  /**
   * Ends the session. With a connection, what waits is sent before; without, it is dropped.
   *
   * @param code 1000 or 3000–4999. Without one the server sees 1005.
   * @param reason Up to 123 bytes of UTF-8.
   * @throws InvalidAccessError (a `DOMException`) for another code.
   * @throws SyntaxError (a `DOMException`) for a longer reason.
   */
  close(...args: [code?: number, reason?: string]): void {
    const host = this.#host;
    const { socket } = host;
    // Unless it has yet to be given what was sent before.
    if (host.isPlain && socket && (socket.readyState !== 1 || this.#connection.figure(Figure.SendsAtOnce))) {
      socket.close(...args);
      host.close(undefined, "");
      return;
    }
    const [code, reason = ""] = args;
    const given = code === undefined ? undefined : toCloseCode(code);
    const text = `${reason}`;
    if (given !== undefined) checkCloseCode(given);
    checkReason(text);
    // A reason needs a code.
    host.close(given ?? (text ? 1000 : undefined), text);
  }

  /**
   * Connects now, on a fresh socket: cuts a wait short, replaces a connection, revives a closed session (what its end
   * dropped stays dropped).
   * Does nothing once the option `signal` is aborted.
   */
  reconnect(): void {
    this.#host.open();
  }

  /**
   * Resolves when nothing waits any more: the queue is empty, and the socket's buffer at the low watermark or below.
   * Rejects with an InvalidStateError (a `DOMException`) if the session ends first.
   */
  drained(): Promise<void> {
    if (this.#connection.figure(Figure.IsDrained)) return Promise.resolve();
    if (this.#connection.state === "closed") return Promise.reject(sessionOver());
    return new Promise((resolve, reject) => this.#host.waiters.push({ resolve, reject }));
  }

  /** Figures of the session. */
  stats(): Stats {
    const { attempts, connections, latency } = this.#host;
    const queuedMessages = this.#connection.figure(Figure.QueuedMessages);
    const queuedBytes = this.#connection.figure(Figure.QueuedBytes);
    const inFlight = this.#connection.figure(Figure.InFlight);
    return { queuedMessages, queuedBytes, inFlight, attempts, opened: connections, latency };
  }

  #readyState(): 0 | 1 | 2 | 3 {
    return this.#host.readyState(this.#connection.figure(Figure.ReadyState)) as 0 | 1 | 2 | 3;
  }

  /** As every `EventTarget` has it, with the events of {@link SteadySocketEventMap}. */
  declare addEventListener: Listen<AddEventListenerOptions>;
  /** As every `EventTarget` has it, with the events of {@link SteadySocketEventMap}. */
  declare removeEventListener: Listen<EventListenerOptions>;

  /** Ends the session, at the end of a `using` block. */
  declare [Symbol.dispose]: () => void;

  /** Ends the session and waits until it is over, at the end of an `await using` block. */
  declare [Symbol.asyncDispose]: () => Promise<void>;

  static {
    const types = ["open", "message", "error", "close", "statechange", "retry", "drop", "drain", "latency"];
    for (const type of types) {
      // An event handler attribute: one listener, at the place where it was first set (HTML §8.1.8.1).
      const attribute = {
        get [`on${type}`](): unknown {
          return (this as unknown as SteadySocket).#handlers.get(type)?.handler ?? null;
        },
        set [`on${type}`](value: unknown) {
          const socket = this as unknown as SteadySocket;
          const handlers = socket.#handlers;
          const present = handlers.get(type);
          if (value !== Object(value)) {
            if (present) removeEventListener.call(socket, type, present.listener);
            handlers.delete(type);
          } else if (present) {
            present.handler = value;
          } else {
            const entry = {
              handler: value,
              listener(this: unknown, event: Event) {
                const { handler } = entry;
                // An object that is no function is kept, and does nothing.
                if (typeof handler === "function" && handler.call(this, event) === false)
                  event.preventDefault();
              },
            };
            handlers.set(type, entry);
            addEventListener.call(socket, type, entry.listener);
          }
        },
      };
      Object.defineProperties(SteadySocket.prototype, Object.getOwnPropertyDescriptors(attribute));
    }
    expose(SteadySocket, "SteadySocket");
    // Browsers without explicit resource management have no such symbols.
    if (Symbol.dispose) SteadySocket.prototype[Symbol.dispose] = SteadySocket.prototype.close;
    if (Symbol.asyncDispose) {
      SteadySocket.prototype[Symbol.asyncDispose] = async function () {
        this.close();
        while (this.readyState === SteadySocket.CLOSING) {
          await new Promise((resolve) => this.addEventListener("close", resolve, { once: true }));
        }
      };
    }
  }
}

function needsArgument({ length }: IArguments): void {
  if (!length) throw new TypeError("1 argument is needed, but there is none.");
}

// What is read is what a WebSocket has, so that a SteadySocket is one; what is written may know the events' other fields.
export interface SteadySocket {
  /** Called when there is a connection. */
  get onopen(): WebSocket["onopen"];
  set onopen(handler: Handler<"open">);
  /** Called for each message. */
  get onmessage(): WebSocket["onmessage"];
  set onmessage(handler: Handler<"message">);
  /** Called when an attempt or a connection failed; `close` follows and tells more. */
  get onerror(): WebSocket["onerror"];
  set onerror(handler: Handler<"error">);
  /** Called when an attempt or a connection ended. */
  get onclose(): WebSocket["onclose"];
  set onclose(handler: Handler<"close">);
  /** Called when the state changed. */
  get onstatechange(): Handler<"statechange">;
  set onstatechange(handler: Handler<"statechange">);
  /** Called when another attempt is to follow. */
  get onretry(): Handler<"retry">;
  set onretry(handler: Handler<"retry">);
  /** Called for each message that will never be sent, or was and may be lost. */
  get ondrop(): Handler<"drop">;
  set ondrop(handler: Handler<"drop">);
  /** Called when nothing waits any more. */
  get ondrain(): Handler<"drain">;
  set ondrain(handler: Handler<"drain">);
  /** Called when a heartbeat was answered in time. */
  get onlatency(): Handler<"latency">;
  set onlatency(handler: Handler<"latency">);
}
