import type { Connection } from "#wasm";
import { checkProtocols, toWebSocketUrl } from "./address.js";
import { makeCloseEvent, makeEvent, type SteadySocketEventMap } from "./events.js";
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
import { WorkerTimer } from "./worker-timer.js";

/** A call of `drained()` that waits. */
interface Waiter {
  resolve: () => void;
  reject: (error: DOMException) => void;
}

/** The session's view of its user: gives it URLs, sockets and heartbeats, and makes events of what it tells. */
export class Host {
  readonly connection: Connection;
  /** What sets the session's timer. */
  readonly timers: WorkerTimer | typeof globalThis;
  /** Of the latest attempt; of the first one if it is known beforehand. */
  url: string;
  protocol = "";
  extensions = "";
  binaryType: BinaryType = "blob";
  attempts = 0;
  connections = 0;
  latency: number | null = null;
  /** Bytes sent when the session was over, which `bufferedAmount` counts for ever (WHATWG WebSockets §3.1). */
  swallowed = 0;
  waiters: Waiter[] = [];

  readonly #target: EventTarget;
  readonly #url: Provided<string | URL>;
  readonly #protocols: Provided<Protocols | undefined>;
  readonly #options: SteadySocketOptions;
  readonly #heartbeat: Partial<HeartbeatOptions>;
  readonly #WebSocket: new (
    url: string,
    protocols?: Protocols,
  ) => WebSocket;
  #currentProtocols: Protocols | undefined;
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
    options: SteadySocketOptions,
  ) {
    this.#target = target;
    this.url = typeof url === "function" ? "" : toWebSocketUrl(url);
    this.#url = this.url || url;
    if (typeof protocols !== "function") checkProtocols(protocols);
    this.#protocols = protocols;
    this.#options = options;
    const { heartbeat } = options;
    this.#heartbeat = typeof heartbeat === "string" ? { message: heartbeat } : heartbeat || {};
    this.timers = this.#heartbeat.worker ? new WorkerTimer() : globalThis;
    checkReason(this.pageHideReason);
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
    if (!this.#WebSocket) {
      throw new Error("No WebSocket here; give one as the option WebSocket.");
    }
    this.connection = createConnection(options, this);
  }

  open(): void {
    const { signal } = this.#options;
    if (signal?.aborted) return;
    signal?.addEventListener("abort", this.#abort);
    this.swallowed = 0;
    this.connection.open(this);
  }

  resolve(attempt: number): void {
    this.attempts = attempt;
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
    const socket = new this.#WebSocket(this.url, this.#currentProtocols);
    socket.binaryType = this.binaryType;
    return socket;
  }

  /** Returns whether it is the reply to a heartbeat. */
  message({ data, origin }: MessageEvent): boolean {
    if (this.#isReply(data)) return true;
    // The browser's own event cannot be dispatched again while its dispatch is under way.
    this.#target.dispatchEvent(new MessageEvent("message", { data, origin }));
    return false;
  }

  /** The browser's `error` is passed on with the `close` that follows: the standard fires both in one task. */
  error(): void {
    this.#failed = true;
  }

  report(error: unknown): void {
    // Node has no reportError.
    (globalThis.reportError ?? console.error)(error);
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
    ({ protocol: this.protocol, extensions: this.extensions } = this.connection.socket as WebSocket);
    this.#dispatch("open", { reconnected });
  }

  disconnected(cause: Cause, code: number, reason: string, wasClean: boolean, willReconnect: boolean): void {
    const fields = { cause, willReconnect, error: cause === "url-failed" ? this.#error : undefined };
    this.#error = undefined;
    // Where the browser had no socket to tell of, or was not waited for, there was none from it.
    if (this.#failed || /timeout|failed/.test(cause)) this.#dispatch("error");
    this.#failed = false;
    if (!willReconnect) {
      this.#options.signal?.removeEventListener("abort", this.#abort);
      for (const { reject } of this.waiters.splice(0)) reject(sessionOver());
    }
    this.#target.dispatchEvent(makeCloseEvent({ code, reason, wasClean }, fields));
    // Unless a listener has reopened the session.
    if (this.timers instanceof WorkerTimer && this.connection.state === "closed") this.timers.end();
  }

  retryScheduled(attempt: number, delay: number, cause: Cause): void {
    this.#dispatch("retry", { attempt, delay, cause });
  }

  swallow(data: unknown, bytes: number): void {
    this.swallowed += bytes;
    this.dropped(data, "closed");
  }

  dropped(data: unknown, reason: DropReason): void {
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

  #connect(attempt: number, url: string | URL, protocols: Protocols | undefined): void {
    const href = toWebSocketUrl(url);
    checkProtocols(protocols);
    if (!this.#isCurrent(attempt)) return;
    this.url = href;
    this.#currentProtocols = protocols;
    this.connection.urlResolved(attempt);
  }

  #fail(attempt: number, error: unknown): void {
    if (!this.#isCurrent(attempt)) return;
    this.#error = error;
    this.connection.urlFailed(attempt);
  }

  readonly #abort = () => this.connection.close(undefined, "");

  #isCurrent(attempt: number): boolean {
    return attempt === this.attempts;
  }

  #isReply(data: unknown): boolean {
    const { reply } = this.#heartbeat;
    return typeof reply === "function" ? reply(data) : reply !== undefined && data === reply;
  }

  #dispatch(type: keyof SteadySocketEventMap, fields?: object): void {
    this.#target.dispatchEvent(makeEvent(type, fields));
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
