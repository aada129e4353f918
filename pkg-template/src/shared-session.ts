import type { SteadySocket } from "steadysocket";
import type { SteadySocketEventMap } from "./events.js";
import type { State } from "./options.js";

/** What components see of a session. */
export interface SessionView {
  /** The session; `null` until it has begun, and on a server. */
  readonly socket: SteadySocket | null;
  /** What it is doing. */
  readonly state: State;
  /** The latest message. Of several at once a component may see the last alone: `onMessage` misses none. */
  readonly lastMessage: MessageEvent | null;
}

type Handler<T extends keyof SteadySocketEventMap> = (event: SteadySocketEventMap[T]) => void;

/** What to call at a session's events. */
export interface SessionHandlers {
  /** There is a connection. */
  onOpen?: Handler<"open">;
  /** A message: each one, in a burst too. */
  onMessage?: Handler<"message">;
  /** An attempt or a connection failed; `onClose` follows and tells more. */
  onError?: Handler<"error">;
  /** An attempt or a connection ended. */
  onClose?: Handler<"close">;
  /** The state changed. */
  onStateChange?: Handler<"statechange">;
  /** Another attempt is to follow. */
  onRetry?: Handler<"retry">;
  /** A message will never be sent, or was and may be lost. */
  onDrop?: Handler<"drop">;
  /** Nothing waits any more. */
  onDrain?: Handler<"drain">;
  /** A heartbeat was answered in time. */
  onLatency?: Handler<"latency">;
}

const HANDLERS = [
  "onOpen",
  "onMessage",
  "onError",
  "onClose",
  "onStateChange",
  "onRetry",
  "onDrop",
  "onDrain",
  "onLatency",
] as const;

/** Nothing has begun. */
export const IDLE: SessionView = { socket: null, state: "idle", lastMessage: null };

/** A session for whoever subscribes: it begins with the first of them, and ends when the last has gone and none has come. */
export class SharedSession {
  /** Replaced, never changed. */
  view = IDLE;

  readonly #construct: () => SteadySocket;
  readonly #ended: () => void;
  readonly #subscribers = new Set<() => void>();
  #listening = new AbortController();

  /**
   * @param construct Makes the session, which connects at once.
   * @param ended Told when it is over; another may begin.
   */
  constructor(construct: () => SteadySocket, ended: () => void = () => {}) {
    this.#construct = construct;
    this.#ended = ended;
  }

  /** The session. Begins it, for the time of this task if nobody subscribes. */
  begin(): SteadySocket {
    const present = this.view.socket;
    if (present) return present;
    const socket = this.#construct();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#show({ socket, state: socket.state });
    socket.addEventListener("statechange", ({ to }) => this.#show({ state: to }), { signal });
    socket.addEventListener("message", (lastMessage) => this.#show({ lastMessage }), { signal });
    this.#endUnlessWanted();
    return socket;
  }

  /** Calls `changed` when {@link view} is another, and the handlers at the session's events; returns what ends that. */
  subscribe(changed: () => void, handlers: () => SessionHandlers): () => void {
    const subscriber = () => changed();
    const socket = this.begin();
    const listening = listen(socket, handlers);
    this.#subscribers.add(subscriber);
    return () => {
      listening.abort();
      this.#subscribers.delete(subscriber);
      this.#endUnlessWanted();
    };
  }

  #show(change: Partial<SessionView>): void {
    this.view = { ...this.view, ...change };
    for (const changed of this.#subscribers) changed();
  }

  /** Not before this task is over: frameworks take a component away and put it back at once. */
  #endUnlessWanted(): void {
    queueMicrotask(() => {
      const { socket } = this.view;
      if (this.#subscribers.size || !socket) return;
      this.#listening.abort();
      this.view = IDLE;
      socket.close(1000);
      this.#ended();
    });
  }
}

/** Calls the latest handlers at a session's events, until it is aborted. */
export function listen(socket: SteadySocket, handlers: () => SessionHandlers): AbortController {
  const listening = new AbortController();
  for (const name of HANDLERS) {
    const type = name.slice(2).toLowerCase() as keyof SteadySocketEventMap;
    socket.addEventListener(type, (event) => handlers()[name]?.(event as never), listening);
  }
  return listening;
}
