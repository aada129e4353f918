"use client";

import { useCallback, useInsertionEffect, useState, useSyncExternalStore } from "react";
import { SteadySocket } from "steadysocket";
import type { Protocols, Provided, SteadySocketOptions } from "./options.js";
import { listen, type SessionHandlers, type SessionView } from "./shared-session.js";

/** Where {@link useSteadySocket} connects to; without one, there is no session. */
export type UseSteadySocketUrl = Provided<string | URL> | false | null | undefined;

/**
 * The options of {@link useSteadySocket}. Those of the session are taken when it begins; of handlers, and of functions
 * given as URL and subprotocols, the latest is called.
 */
export interface UseSteadySocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined>;
  /**
   * Whether components with the same URL and subprotocols have one session, with the options of the first of them. Never so
   * where these are functions. Default true.
   */
  share?: boolean;
}

/** What {@link useSteadySocket} returns: another object as soon as something that was read of it is no longer so. */
export interface UseSteadySocketReturn extends SessionView {
  /**
   * Sends a message as {@link SteadySocket.send} does; the same function as long as the component lives. What is sent while
   * there is no session, in an effect before it begins or while the component is hidden, waits for it: 1,000 messages at most.
   *
   * @throws Error without a URL.
   */
  readonly send: SteadySocket["send"];
}

type Address = readonly [UseSteadySocketUrl, Provided<Protocols | undefined>];
type Key = string | URL | false | null | undefined;
type Message = Parameters<SteadySocket["send"]>;

/** A session that components may share, and how many of them want it. */
interface Session {
  readonly socket: SteadySocket;
  lastMessage: MessageEvent | null;
  members: number;
}
type Sessions = Map<Key, Session>;

/** How many messages may wait for a session. */
const MAX_EARLY = 1000;
const NONE = { socket: null, lastMessage: null };
const shared: Sessions = new Map();

/**
 * A session for as long as the component is on the page and its URL stays the same.
 *
 * A component that does not read `lastMessage` is not rendered for messages.
 *
 * @example
 * ```tsx
 * const { state, send } = useSteadySocket("/chat", { onMessage: ({ data }) => show(data) });
 * ```
 */
export function useSteadySocket(
  url: UseSteadySocketUrl,
  options: UseSteadySocketOptions = {},
): UseSteadySocketReturn {
  const { protocols, share } = options;
  const address: Address = [url, protocols];
  const [[own, update, join, look]] = useState(createComponent);
  const sessions = share !== false && !address.some((part) => typeof part === "function") ? shared : own;
  // Functions are all alike here: the latest is called.
  const key = url && JSON.stringify(address);
  // Before any effect that may send, be it a child's.
  useInsertionEffect(() => update(address, options, sessions, key));
  return useSyncExternalStore(
    useCallback((changed) => join(changed, sessions, key), [join, sessions, key]),
    () => look(sessions.get(key)),
    look,
  );
}

/** What is the same in all renders of a component, and knows what it was rendered with last. */
function createComponent() {
  /** What was sent while there was no session. */
  const early: Message[] = [];
  let address: Address;
  let options: UseSteadySocketOptions;
  let sessions: Sessions;
  let key: Key;
  let shown = {} as UseSteadySocketReturn;
  /** The message that was read of what is shown; 0: none was. */
  let read: MessageEvent | null | 0 = 0;

  const update = (...latest: [Address, UseSteadySocketOptions, Sessions, Key]) => {
    [address, options, sessions, key] = latest;
  };

  const send = (...message: Message) => {
    if (!key) throw new Error("useSteadySocket: no URL");
    const session = sessions.get(key);
    if (session) session.socket.send(...message);
    else if (early.length < MAX_EARLY) early.push(message);
  };

  const begin = () => {
    const latest = address.map((part, index) =>
      typeof part === "function" ? () => (address[index] as () => unknown)() : part,
    ) as [Provided<string>, Address[1]];
    const socket = new SteadySocket(...latest, options);
    const session: Session = { socket, lastMessage: null, members: 0 };
    socket.addEventListener("message", (event) => {
      session.lastMessage = event;
    });
    return session;
  };

  /** A session begins when somebody joins it, so that a render that is thrown away leaves nothing behind. */
  const join = (changed: () => void, sessions: Sessions, key: Key) => {
    if (!key) return () => {};
    const session = sessions.get(key) ?? begin();
    sessions.set(key, session);
    /** If nobody wants the session any more; else who has left hears no more of it. */
    const end = (listening?: AbortController) => {
      if (session.members) listening?.abort();
      else if (sessions.get(key) === session) {
        sessions.delete(key);
        session.socket.close(1000);
      }
    };
    // If a message is refused.
    queueMicrotask(end);
    for (const message of early.splice(0)) send(...message);
    let handlers = (): SessionHandlers => {
      changed();
      return options;
    };
    const listening = listen(session.socket, () => handlers());
    session.members++;
    return () => {
      // All that is left to tell, until the session is over, is what it drops.
      handlers = () => ({ onDrop: options.onDrop });
      session.members--;
      // React takes components away and puts them back at once. A session that is over is for nobody new.
      if (session.socket.state === "closed") end(listening);
      else queueMicrotask(() => end(listening));
    };
  };

  const look = (session: Pick<Session, "lastMessage"> & { socket: SteadySocket | null } = NONE) => {
    const { socket, lastMessage } = session;
    const state = socket?.state ?? "idle";
    if (shown.socket !== socket || shown.state !== state || (read !== 0 && read !== lastMessage)) {
      read = 0;
      shown = {
        socket,
        state,
        send,
        get lastMessage() {
          if (read === 0) read = session.lastMessage;
          return read;
        },
      };
    }
    return shown;
  };

  return [new Map() as Sessions, update, join, look] as const;
}
