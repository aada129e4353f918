import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import { SteadySocket } from "steadysocket";
import type { Protocols, Provided, SteadySocketOptions } from "./options.js";
import { IDLE, listen, type SessionHandlers, type SessionView } from "./shared-session.js";

/** Where to connect to; a function is asked before every attempt. Without one, there is no session. */
export type SolidSocketURL = Provided<string | URL> | false | null | undefined;

/** The options of a session, taken when it begins, and what to call at its events. */
export interface SolidSocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined>;
}

/** What {@link createSteadySocket} returns: accessors, and what is done. What is sent before the session begins waits for it. */
export type SolidSocket = Pick<SteadySocket, "send" | "close" | "reconnect"> & Accessors<SessionView>;
type Accessors<Of> = { readonly [Name in keyof Of]: Accessor<Of[Name]> };

/** A session for as long as the component is on the page, and `url` or what it returns as an accessor stays the same. */
export function createSteadySocket(
  url: Exclude<SolidSocketURL, () => unknown> | Accessor<SolidSocketURL>,
  options: SolidSocketOptions = {},
): SolidSocket {
  const [view, show] = createSignal(IDLE);
  const field = <Name extends keyof SessionView>(name: Name) => createMemo(() => view()[name]);
  const address = createMemo(() => textOf((typeof url === "function" ? url() : url) as SolidSocketURL));
  const early: Parameters<SteadySocket["send"]>[] = [];
  const begin = (to: SolidSocketURL) => {
    if (!to) return;
    const socket = new SteadySocket(to, options.protocols, options);
    const change = (changed: Partial<SessionView>) => show((before) => ({ ...before, ...changed }));
    const onMessage = (lastMessage: MessageEvent) => change({ lastMessage });
    const own = { onMessage, onStateChange: () => change({ state: socket.state }) };
    const listening = [own, options].map((handlers) => listen(socket, () => handlers));
    onCleanup(() => {
      for (const each of listening) each.abort();
      socket.close(1000);
      show(IDLE);
    });
    change({ socket, state: socket.state });
    for (const message of early.splice(0)) socket.send(...message);
  };
  createEffect(on(address, begin));
  return {
    socket: field("socket"),
    state: field("state"),
    lastMessage: field("lastMessage"),
    send: (...message) =>
      untrack(() => {
        const { socket } = view();
        if (socket) socket.send(...message);
        else if (!address()) throw new Error("SteadySocket: no URL to send to.");
        else early.push(message);
      }),
    close: (...args) => untrack(() => view().socket?.close(...args)),
    reconnect: () => untrack(() => view().socket?.reconnect()),
  };
}
const textOf = (url: SolidSocketURL) => (url instanceof URL ? url.href : url);
