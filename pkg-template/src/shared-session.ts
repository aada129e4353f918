import type { SteadySocket } from "steadysocket";
import type { SteadySocketEventMap } from "./events.js";
import type { State } from "./options.js";

/** What components see of a session. */
export interface SessionView {
  /** The session; `null` until it has begun, and on a server. */
  readonly socket: SteadySocket | null;
  /** What it is doing: one of {@link State}. */
  readonly state: State;
  /** The latest message. Of several at once a component may see the last alone: `onMessage` misses none. */
  readonly lastMessage: MessageEvent | null;
}

type Handler<T extends keyof SteadySocketEventMap> = ((event: SteadySocketEventMap[T]) => void) | undefined;

/** What to call at a session's events. */
export interface SessionHandlers {
  /** There is a connection. */
  onOpen?: Handler<"open"> | undefined;
  /** A message: each one, in a burst too. */
  onMessage?: Handler<"message"> | undefined;
  /** An attempt or a connection failed; `onClose` follows and tells more. */
  onError?: Handler<"error"> | undefined;
  /** An attempt or a connection ended. */
  onClose?: Handler<"close"> | undefined;
  /** The state changed. */
  onStateChange?: Handler<"statechange"> | undefined;
  /** Another attempt is to follow. */
  onRetry?: Handler<"retry"> | undefined;
  /** A message will never be sent, or was and may be lost. */
  onDrop?: Handler<"drop"> | undefined;
  /** Nothing waits any more. */
  onDrain?: Handler<"drain"> | undefined;
  /** A heartbeat was answered in time. */
  onLatency?: Handler<"latency"> | undefined;
}

/** Nothing has begun. */
export const IDLE: SessionView = { socket: null, state: "idle", lastMessage: null };

/** Asks for the latest handlers at each of a session's events, and calls the one for it, until it is aborted. */
export function listen(socket: SteadySocket, handlers: () => SessionHandlers): AbortController {
  const listening = new AbortController();
  // A session has an attribute for each of its events.
  for (const attribute in socket) {
    if (!attribute.startsWith("on")) continue;
    socket.addEventListener(
      attribute.slice(2),
      (event: Event) => {
        const latest = handlers();
        for (const name in latest) {
          if (name.toLowerCase() === attribute) latest[name as keyof SessionHandlers]?.(event as never);
        }
      },
      listening,
    );
  }
  return listening;
}
