"use client";

import { useInsertionEffect, useMemo, useState, useSyncExternalStore } from "react";
import { SteadySocket } from "steadysocket";
import type { Protocols, Provided, SteadySocketOptions } from "./options.js";
import { listen, type SessionHandlers, type SessionView } from "./shared-session.js";

export type * from "steadysocket";
export type { SessionHandlers, SessionView };

/** Where {@link useSteadySocket} connects to; without one, there is no session. */
export type UseSteadySocketUrl = Provided<string | URL> | false | null | undefined;

/**
 * The options of {@link useSteadySocket}. Those of the session are taken when it begins; of handlers, and of functions
 * given as URL and subprotocols, the latest is called.
 */
export interface UseSteadySocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined> | undefined;
  /**
   * Whether components with the same URL and subprotocols have one session, with the options of the first of them: its `signal`
   * ends it for all. Never so where these are functions. Default true.
   */
  share?: boolean | undefined;
}

/** What {@link useSteadySocket} returns: another object as soon as something that the component reads of it has changed. */
export interface UseSteadySocketReturn extends SessionView {
  /**
   * Sends a message as {@link SteadySocket.send} does; the same function as long as the URL is the same, and always for that URL.
   * What is sent in an effect before the session begins waits in its queue.
   *
   * @throws Error without a URL.
   */
  readonly send: SteadySocket["send"];
}

type Address = readonly [UseSteadySocketUrl, Provided<Protocols | undefined>];
type Key = string | URL | false | null | undefined;
type Message = Parameters<SteadySocket["send"]>;

/** A session that components may share, and how many of them are on the page. */
interface Session {
  readonly socket: SteadySocket;
  lastMessage: MessageEvent | null;
  members: number;
}

const sessions = new Map<Key, Session>();
/** Components so far, each of which may have sessions of its own. */
let components = 0;

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
  const address: Address = [url, options.protocols];
  const [component] = useState(() => ({ id: ++components, address }));
  // Functions are all alike here: the latest is called.
  const asks = address.map((part) => typeof part === "function");
  const isOwn = asks.includes(true) || options.share === false;
  const key = url && JSON.stringify([address, asks, isOwn && component.id]);
  const [update, join, look] = useMemo(() => createMember(component, key), [component, key]);
  // Before any effect that may send, be it a child's.
  useInsertionEffect(() => update(options, address));
  return useSyncExternalStore(join, () => look(sessions.get(key)), look);
}

/** What a component has of one URL. It keeps to the options of the last render with that URL. */
function createMember(component: { address: Address }, key: Key) {
  let options: UseSteadySocketOptions;
  let address: Address;
  let session: Session;
  /** While this takes part in the session. */
  let listening: AbortController | undefined;
  /** To be called at the session's events while the component is on the page. */
  let changed: (() => void) | undefined;
  let shown = {} as UseSteadySocketReturn;
  let shownMessage: MessageEvent | null;
  /** Whether the component wants to be rendered for messages. */
  let reads = false;

  const update = (latestOptions: UseSteadySocketOptions, latestAddress: Address) => {
    options = latestOptions;
    component.address = address = latestAddress;
  };

  const send = (...message: Message) => {
    if (!key) throw new Error("useSteadySocket: no URL");
    if (!session) enter();
    session.socket.send(...message);
  };

  const enter = () => {
    session = sessions.get(key) ?? begin();
    listening = listen(session.socket, () => {
      // All that is left to tell after the component's leaving, until the session is over, is what it drops.
      if (!changed) return { onDrop: options.onDrop };
      changed();
      return options;
    });
  };

  const begin = () => {
    const latest = address.map((part, index) =>
      typeof part === "function" ? () => (component.address[index] as () => unknown)() : part,
    ) as [Provided<string>, Address[1]];
    const socket = new SteadySocket(...latest, { ...options, startClosed: true });
    const begun: Session = { socket, lastMessage: null, members: 0 };
    socket.addEventListener("message", (event) => {
      begun.lastMessage = event;
    });
    sessions.set(key, begun);
    return begun;
  };

  /** A session connects when somebody joins it, so that a render that is thrown away leaves nothing behind. */
  const join = (callback: () => void) => {
    if (!key) return () => {};
    if (!listening) enter();
    session.members++;
    changed = callback;
    if (!options.startClosed && session.socket.state === "idle") session.socket.reconnect();
    return () => {
      changed = undefined;
      // One that is over is for nobody new.
      if (!--session.members && session.socket.state.startsWith("clos")) sessions.delete(key);
      // React takes components away and puts them back at once.
      queueMicrotask(() => {
        if (changed) return;
        if (session.members) listening?.abort();
        else {
          if (sessions.get(key) === session) sessions.delete(key);
          session.socket.close(1000);
        }
        listening = undefined;
      });
    };
  };

  const look = (
    { socket, lastMessage }: Pick<SessionView, "socket" | "lastMessage"> = {
      socket: null,
      lastMessage: null,
    },
  ) => {
    const state = socket?.state ?? "idle";
    if (shown.socket !== socket || shown.state !== state || (reads && shownMessage !== lastMessage)) {
      shownMessage = lastMessage;
      shown = {
        socket,
        state,
        send,
        get lastMessage() {
          reads = true;
          return lastMessage;
        },
      };
    }
    return shown;
  };

  return [update, join, look] as const;
}
