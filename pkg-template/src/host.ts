import type { Connection } from "#wasm";
import { checkProtocols, toProtocols, toWebSocketUrl } from "./address.js";
import { dispatchEvent, makeCloseEvent, makeEvent } from "./dispatch.js";
import type { SteadySocketEventMap } from "./events.js";
import { checkReason } from "./farewell.js";
import type {
  Cause,
  DropReason,
  HeartbeatOptions,
  Payload,
  Protocols,
  Provided,
  State,
  SteadySocketOptions,
} from "./options.js";
import { createConnection } from "./options-view.js";
import { construct } from "./platform.js";
import { WorkerTimer } from "./worker-timer.js";

/** A call of `drained()` that waits. */
interface Waiter {
  resolve: () => void;
  reject: (error: DOMException) => void;
}

/** What the constructor is told. */
export interface HostOptions extends SteadySocketOptions {
  /** Be a `WebSocket` that is constructed with these arguments: fire its events, as it does, and no others. */
  plain?: ArrayLike<unknown>;
}

/** The session's view of its user: gives it URLs, sockets and heartbeats, and makes events of what it tells. */
export class Host {
  readonly connection: Connection;
  /** What sets the session's timer. */
  readonly timers: WorkerTimer | typeof globalThis;
  /** Of the latest attempt; of the first one if it is known beforehand. */
  url: string;
  /** Of the latest attempt; it stays when it is closed, as a `WebSocket` stays there to be read. */
  socket: WebSocket | undefined;
  binaryType: BinaryType = "blob";
  attempts = 0;
  connections = 0;
  latency: number | null = null;
  waiters: Waiter[] = [];

  readonly #target: EventTarget;
  readonly #url: string | (() => unknown);
  readonly #protocols: string[] | (() => unknown);
  readonly #options: HostOptions;
  readonly #heartbeat: Partial<HeartbeatOptions>;
  readonly #WebSocket: NonNullable<SteadySocketOptions["WebSocket"]>;
  #currentProtocols: string[] = [];
  /** What a plain session is to open. */
  readonly #present: WebSocket | undefined;
  /** What opening the socket threw while the constructor's caller can still be told. */
  #refusals: unknown[] | undefined;
  /** The browser has told of a failure of this attempt. */
  #failed = false;
  #error: unknown;

  /**
   * @throws SyntaxError (a `DOMException`) if the URL or a subprotocol is given as a value and invalid.
   * @throws RangeError if an option is not what is allowed.
   */
  constructor(
    target: EventTarget,
    url: Provided<string | URL>,
    protocols: Provided<Protocols | undefined>,
    options: HostOptions,
    PlatformWebSocket: SteadySocketOptions["WebSocket"],
  ) {
    this.#target = target;
    const given = typeof url === "function" ? url : `${url}`;
    this.#protocols = typeof protocols === "function" ? protocols : toProtocols(protocols);
    this.url = typeof given === "string" && !options.plain ? toWebSocketUrl(given) : "";
    if (typeof this.#protocols === "object") checkProtocols(this.#protocols);
    this.#options = { ...options };
    this.setBinaryType(options.binaryType);
    const { heartbeat } = options;
    this.#heartbeat = typeof heartbeat === "string" ? { message: heartbeat } : heartbeat || {};
    if (heartbeat && this.#heartbeat.message === undefined) {
      throw new RangeError(
        "SteadySocket: heartbeat.message is undefined; allowed: what `send` takes, or a function",
      );
    }
    this.timers = this.#heartbeat.worker ? new WorkerTimer() : globalThis;
    checkReason(this.pageHideReason);
    const WebSocket = options.WebSocket ?? PlatformWebSocket;
    if (!WebSocket) throw new Error("No WebSocket here; give one as the option WebSocket.");
    this.#WebSocket = WebSocket;
    this.connection = createConnection(this.#options);
    if (options.plain) {
      this.#present = construct(WebSocket, options.plain);
      this.url = this.#present.url;
    }
    this.#url = this.url || given;
  }

  /** Opens the session; what the browser refuses at once is thrown. */
  start(): void {
    this.#refusals = [];
    this.open();
    const refusals = this.#refusals;
    this.#refusals = undefined;
    if (!refusals.length) return;
    this.close(undefined, "");
    throw refusals[0];
  }

  /** Before a session has begun it keeps nobody alive, and is told anew whom to tell. */
  attach(): void {
    if (!this.attempts) this.connection.attach(this);
  }

  /** Whether what `close()` is given is the browser's to check: its socket is all that there is, and nothing waits for it. */
  get isPlain(): boolean {
    const { queue, WebSocket } = this.#options;
    return !this.#mayRetry && queue === false && !WebSocket;
  }

  close(code: number | undefined, reason: string): void {
    this.attach();
    this.connection.close(code, reason);
  }

  open(): void {
    const { signal } = this.#options;
    if (signal?.aborted) return;
    signal?.addEventListener("abort", this.#abort);
    this.connection.attach(this);
    this.connection.open();
  }

  resolve(attempt: number): void {
    this.attempts = attempt;
    this.socket = undefined;
    this.#failed = false;
    this.#error = undefined;
    try {
      const url = provide(this.#url);
      const protocols = provide(this.#protocols);
      if (isPending(url) || isPending(protocols)) {
        Promise.all([url, protocols])
          .then(([url, protocols]) => this.#connect(attempt, url, protocols))
          .catch((error) => this.#fail(attempt, error));
      } else {
        this.#connect(attempt, url, protocols);
      }
    } catch (error) {
      // In a task of its own: the constructor's caller has had no chance to listen yet.
      queueMicrotask(() => this.#fail(attempt, error));
    }
  }

  openSocket(): WebSocket {
    try {
      this.socket = this.#present ?? construct(this.#WebSocket, [this.url, this.#currentProtocols]);
      this.socket.binaryType = this.binaryType;
      return this.socket;
    } catch (error) {
      this.socket?.close();
      this.error();
      throw error;
    }
  }

  /** What the session says, unless the socket is ahead of it: it closes before its events tell. */
  readyState(session: number): number {
    const { socket } = this;
    // Between two sockets there is none to ask.
    if (!socket || (session === 0 && (this.#mayRetry || this.connection.state !== "connecting")))
      return session;
    const most = session === 1 && this.#mayRetry ? 2 : 3;
    return Math.max(session, Math.min(socket.readyState, most));
  }

  get #mayRetry(): boolean {
    return this.#options.retries !== 0;
  }

  /** Ignores what it does not know, as `WebSocket` does. */
  setBinaryType(type: string | undefined): void {
    if (type !== "blob" && type !== "arraybuffer") return;
    this.binaryType = type;
    if (this.socket) this.socket.binaryType = type;
  }

  readonly receive = ({ data, origin }: MessageEvent) => {
    if (this.#options.heartbeat) {
      this.connection.heard(false);
      if (this.#isReply(data)) return this.connection.heard(true);
    }
    // The browser's own event cannot be dispatched again while its dispatch is under way.
    dispatchEvent.call(this.#target, new MessageEvent("message", { data, origin }));
  };

  error(): void {
    this.#failed = true;
    this.#dispatch("error");
  }

  report(error: unknown): void {
    if (this.#refusals) this.#refusals.push(error);
    // Node has no reportError.
    else (globalThis.reportError ?? console.error)(error);
  }

  heartbeat(): Payload | undefined {
    return provide(this.#heartbeat.message);
  }

  get pageHideReason(): string {
    return this.#options.pageHide?.reason ?? "page hidden";
  }

  /** Returns a delay in ms, −1 for another attempt, −2 for none, or not a number for no opinion. */
  judge(cause: Cause, code: number, reason: string, wasClean: boolean, willRetry: boolean): number {
    const opinion = this.#options.retry?.({ cause, code, reason, wasClean, willRetry });
    if (typeof opinion === "boolean") return opinion ? -1 : -2;
    return Number(opinion) >= 0 ? Number(opinion) : NaN;
  }

  stateChanged(from: State, to: State): void {
    this.#dispatch("statechange", { from, to });
  }

  opened(reconnected: boolean): void {
    this.connections++;
    this.#dispatch("open", { reconnected });
  }

  disconnected(cause: Cause, code: number, reason: string, wasClean: boolean, willReconnect: boolean): void {
    const fields = { cause, willReconnect, error: cause === "url-failed" ? this.#error : undefined };
    // Where the browser had no socket to tell of, or was not waited for, there was none from it.
    if (!this.#failed && /timeout|failed|offline/.test(cause)) this.#dispatch("error");
    if (!willReconnect) for (const { reject } of this.waiters.splice(0)) reject(sessionOver());
    const init = { code, reason, wasClean };
    dispatchEvent.call(this.#target, makeCloseEvent(init, this.#options.plain ? {} : fields));
    // A listener may have reopened the session.
    if (this.connection.state !== "closed") return;
    this.#options.signal?.removeEventListener("abort", this.#abort);
    if (this.timers instanceof WorkerTimer) this.timers.end();
  }

  retryScheduled(attempt: number, delay: number, cause: Cause): void {
    this.#dispatch("retry", { attempt, delay, cause });
  }

  /** What was to be sent after the end. */
  refused(data: Payload): void {
    // A socket that is closing swallows it, and counts it for ever (WHATWG WebSockets §3.1, `send`). Of each message the browser
    // complains, so that what the queue drops is not for it.
    if (this.socket && this.socket.readyState > 1) {
      try {
        this.socket.send(data);
      } catch (error) {
        this.report(error);
      }
    }
    this.dropped(data, "closed");
  }

  dropped(data: Payload, reason: DropReason): void {
    this.#dispatch("drop", { data, reason });
  }

  drained(): void {
    for (const { resolve } of this.waiters.splice(0)) resolve();
    this.#dispatch("drain");
  }

  latencyMeasured(rtt: number): void {
    this.latency = rtt;
    this.#dispatch("latency", { rtt });
  }

  #connect(attempt: number, url: unknown, protocols: unknown): void {
    // WebSocket would make addresses of them: /null and /undefined.
    if (url === null || url === undefined) throw new TypeError(`SteadySocket: the URL is ${url}.`);
    const href = toWebSocketUrl(`${url}`);
    const list = toProtocols(protocols ?? undefined);
    checkProtocols(list);
    if (!this.#isCurrent(attempt)) return;
    this.url = href;
    this.#currentProtocols = list;
    this.connection.urlResolved(attempt);
  }

  #fail(attempt: number, error: unknown): void {
    if (!this.#isCurrent(attempt)) return;
    this.#error = error;
    this.connection.urlFailed(attempt);
  }

  readonly #abort = () => this.close(undefined, "");

  #isCurrent(attempt: number): boolean {
    return attempt === this.attempts;
  }

  #isReply(data: unknown): boolean {
    const { reply } = this.#heartbeat;
    return typeof reply === "function" ? reply(data) : reply !== undefined && data === reply;
  }

  #dispatch(type: keyof SteadySocketEventMap, fields?: object): void {
    const { plain } = this.#options;
    if (!plain || type === "open" || type === "error") {
      dispatchEvent.call(this.#target, makeEvent(type, plain ? {} : fields));
    }
  }
}

/** What becomes of promises that the end of the session leaves behind. */
export function sessionOver(): DOMException {
  return new DOMException("The session is closed.", "InvalidStateError");
}

function provide<T>(provided: T | (() => T)): T {
  return typeof provided === "function" ? (provided as () => T)() : provided;
}

function isPending<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === "function";
}
