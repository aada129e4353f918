/** A value, or a function that gives it anew before every attempt. */
export type Provided<T> = T | (() => T | PromiseLike<T>);

/** What `new WebSocket` takes as subprotocols. */
export type Protocols = string | string[];

/** What {@link SteadySocket.send} takes, as `WebSocket.send` does. */
export type Payload = string | BufferSource | Blob;

/** Why an attempt or a connection ended. */
export type Cause =
  /** The connection could not be established: refused, rejected, unreachable. Browsers do not tell which. */
  | "never-opened"
  /**
   * The handshake was not answered within {@link SteadySocketOptions.connectTimeout}; or it had taken more than 2 s when the
   * page was shown or the network came back, and another attempt took its place.
   */
  | "connect-timeout"
  /** A heartbeat was not answered within {@link HeartbeatOptions.timeout}. */
  | "heartbeat-timeout"
  /** It ended while the browser said that there is no network. */
  | "offline"
  /** The page was left or frozen, and the session closed the connection itself. */
  | "page-hidden"
  /** An open connection broke without a close frame. */
  | "connection-lost"
  /** The server closed; `code` and `reason` are its own. */
  | "server-close"
  /** The URL provider threw, rejected, gave something that is no URL, or did not answer in time. */
  | "url-failed"
  /** `close()` or `reconnect()` was called. */
  | "user";

/** What a session is doing. */
export type State =
  /** Nothing yet: created with `startClosed`. */
  | "idle"
  /** Asking for a URL. */
  | "resolving"
  /** In the handshake. */
  | "connecting"
  /** Connected. */
  | "open"
  /** Between two attempts. */
  | "waiting"
  /** The page is hidden away in the page cache or frozen; the session comes back with it. */
  | "suspended"
  /** `close()` was called; the server has not answered yet. */
  | "closing"
  /** Over. Only `reconnect()` revives it. */
  | "closed";

/** Why a message is given up. */
export type DropReason =
  /** The queue was full. */
  | "overflow"
  /** It waited longer than its `ttl`. */
  | "expired"
  /** The session ended first. */
  | "closed"
  /** It was transmitted, and the connection ended before the server was known to have it: see {@link QueueOptions.inFlight}. */
  | "in-flight-unknown";

/**
 * How long to wait before the next attempt: a delay drawn evenly from zero up to a ceiling ("full jitter"). For a delay of
 * your own: `retry: ({ willRetry }) => willRetry && 1000`.
 */
export interface BackoffOptions {
  /** The ceiling of the first delay, ms, which may be next to nothing. Default 500. */
  min?: number | undefined;
  /** The highest ceiling, ms. Default 30,000. */
  max?: number | undefined;
  /** What the ceiling grows by with each failure. Default 2. */
  factor?: number | undefined;
  /** A connection that lasts this long, ms, resets the ceiling. Default 5,000. */
  stableAfter?: number | undefined;
}

/** How to ask a silent server whether it is there. */
export interface HeartbeatOptions {
  /** What to send, or a function that gives it. */
  message: Payload | (() => Payload);
  /**
   * How to know the answer: the text it has, or a function that recognises it. The answer is not passed on as a message.
   * Anything the server sends proves it alive, but only a known answer gives `latency` events and shows what has arrived
   * ({@link QueueOptions.inFlight}). The server answers each message once, in order.
   */
  reply?: string | ((data: unknown) => boolean) | undefined;
  /** How much silence before it is sent, ms. Default 25,000. */
  interval?: number | undefined;
  /**
   * How long anything may take to come back, ms, before the connection is given up. Default 10,000. The question waits its
   * turn behind what is being sent: who uploads much on slow paths gives it longer, or bounds what is on its way by
   * {@link QueueOptions.inFlight} and {@link QueueOptions.maxBytes}.
   */
  timeout?: number | undefined;
  /**
   * Let a worker keep the time, whose timers go on as usual while the page is hidden: browsers let a hidden page's own tick
   * once a second or once a minute. Where the page's content security policy refuses workers from `blob:` URLs, the page
   * keeps the time as ever. Default false.
   */
  worker?: boolean | undefined;
}

/** What may wait for a connection, or for room in its buffer. */
export interface QueueOptions {
  /** How many messages. Default 1,024. */
  maxMessages?: number | undefined;
  /** How many bytes. Default 8 MiB. */
  maxBytes?: number | undefined;
  /** How long, ms. Default: as long as it takes. */
  ttl?: number | undefined;
  /** What gives way when it is full. Default `'drop-oldest'`. */
  overflow?: "drop-oldest" | "drop-newest" | "throw" | undefined;
  /**
   * Tell of messages that were transmitted on a connection that died, and may or may not have arrived: by `drop`, with the
   * reason `'in-flight-unknown'`. They are kept until an answered heartbeat shows that they have arrived, so
   * {@link HeartbeatOptions.reply} must be given; when as many are in flight as may wait, the next ones wait. A server that
   * leaves out an answer holds them up, if there are many: until the answer to another heartbeat, and each time from then
   * on. Default false.
   */
  inFlight?: boolean | undefined;
}

/** When messages wait although there is a connection. */
export interface BackpressureOptions {
  /** With this many bytes in the socket's own buffer, messages wait. Default 1 MiB. */
  highWaterMark?: number | undefined;
  /** With no more than this, they go on. Default 256 KiB. */
  lowWaterMark?: number | undefined;
}

/** What to do when the page is left (`pagehide`) or frozen (`freeze`). */
export interface PageHideOptions {
  /** Close the connection, and come back with the page. Default true. */
  close?: boolean | undefined;
  /** The close code, 1000 or 3000–4999. Default 1000. */
  code?: number | undefined;
  /** The close reason, up to 123 bytes of UTF-8. Default `'page hidden'`. */
  reason?: string | undefined;
}

/** An ended attempt or connection, as the `retry` option sees it. */
export interface Ending {
  /** Why it ended. */
  cause: Cause;
  /** The close code; 1006 if there was no close frame. */
  code: number;
  /** The close reason. */
  reason: string;
  /** Whether the closing handshake was completed. */
  wasClean: boolean;
  /** What follows if you have no opinion. */
  willRetry: boolean;
}

/**
 * The options of a {@link SteadySocket}, each with a default that suits a page in production. Times are in ms, from 1;
 * those without a highest value, and limits, may be `Infinity`.
 */
export interface SteadySocketOptions {
  /** How long to wait before the next attempt. */
  backoff?: BackoffOptions | undefined;
  /**
   * How many attempts in a row may follow a failed one or a lost connection before the session gives up. One whose place
   * another took, since it hung when the page was shown or the network came back, is not counted. Default `Infinity`.
   *
   * With 0 there is one connection and no other to get to soon, so it is left to the browser like a plain `WebSocket`:
   * `connectTimeout` and `closeTimeout` are `Infinity` and `pageHide.close` is `false` unless you say otherwise.
   */
  retries?: number | undefined;
  /**
   * Overrules what follows an end: `true` tries again after the usual delay, `false` gives up, a number tries again after so
   * many ms, which nothing shortens, and `undefined` leaves it. By default the codes 1000, 1002, 1003, 1007–1010 and
   * 4400–4499 from the server end the session. Not asked when you end a connection yourself, when the page is left, and when
   * `retries` are used up.
   */
  retry?: ((ending: Ending) => boolean | number | undefined) | undefined;
  /** How long a handshake may take, ms. Default 10,000. */
  connectTimeout?: number | undefined;
  /** How long the functions given as URL and subprotocols may take, ms. Default 10,000. */
  urlTimeout?: number | undefined;
  /** How long `close()` waits for the server's answer before `close` fires without it, ms. Default 5,000. */
  closeTimeout?: number | undefined;
  /**
   * How to ask a silent server whether it is there: a server must know the message. A string is the message alone: what the
   * server answers then arrives as any other message. Default `false`.
   */
  heartbeat?: HeartbeatOptions | string | false | undefined;
  /** What may wait for a connection; `false`: nothing, and `send` throws as `WebSocket.send` does. */
  queue?: QueueOptions | false | undefined;
  /** When messages wait although there is a connection. */
  backpressure?: BackpressureOptions | undefined;
  /** What to do when the page is left. */
  pageHide?: PageHideOptions | undefined;
  /** What binary messages arrive as. Default `'blob'`, as `WebSocket` has it; `'arraybuffer'` serves most better. */
  binaryType?: BinaryType | undefined;
  /** Closes the session when aborted. */
  signal?: AbortSignal | undefined;
  /**
   * The class to connect with, where there is no global one or another is wanted. It needs `send`, `close`, `readyState`,
   * `bufferedAmount`, `binaryType`, `protocol`, `extensions` and the `on…` handlers.
   */
  WebSocket?: (new (url: string, protocols?: Protocols) => WebSocket) | undefined;
  /** Wait for `reconnect()` before the first attempt. Default false. */
  startClosed?: boolean | undefined;
}

/** The options of one message. */
export interface SendOptions {
  /** How long it may wait, ms. Default: the `queue.ttl` option. */
  ttl?: number | undefined;
}

/** Figures of a session. */
export interface Stats {
  /** Messages that wait in the queue. */
  queuedMessages: number;
  /** Bytes that wait in the queue. */
  queuedBytes: number;
  /** Messages that were transmitted and are not known to have arrived; 0 without {@link QueueOptions.inFlight}. */
  inFlight: number;
  /** Attempts so far; `attempt` of the `retry` event tells those since the last stable connection. */
  attempts: number;
  /** Connections so far. */
  opened: number;
  /** The last round-trip time of a heartbeat that was answered in time, ms; `null` if there was none. */
  latency: number | null;
}
