import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from "solid-js";
import { SteadySocket } from "steadysocket";
import type { Protocols, Provided, SteadySocketOptions } from "./options.js";
import { IDLE, listen, type SessionHandlers, type SessionView } from "./shared-session.js";

export type * from "steadysocket";
export type { SessionHandlers, SessionView };

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
  let served: SolidSocketURL;
  const early: [to: SolidSocketURL, ...message: Parameters<SteadySocket["send"]>][] = [];
  const begin = (to: SolidSocketURL) => {
    served = to;
    if (!to) return;
    const socket = new SteadySocket(to, options.protocols, options);
    const tell = (lastMessage = untrack(view).lastMessage) =>
      show({ socket, state: socket.state, lastMessage });
    for (const all of [{ onMessage: tell, onStateChange: () => tell() }, options] as SessionHandlers[])
      listen(socket, () => (untrack(view).socket === socket ? all : { onDrop: all.onDrop }));
    onCleanup(() => socket.close(1000));
    onCleanup(() => show(IDLE)); // This comes first, so that of the close only what it drops is told.
    tell();
    for (const [meant, ...message] of early.splice(0)) if (meant === to) socket.send(...message);
  };
  createEffect(on(address, begin));
  return {
    socket: field("socket"),
    state: field("state"),
    lastMessage: field("lastMessage"),
    send: (...message) =>
      untrack(() => {
        const [to, { socket }] = [address(), view()];
        if (to && to !== served) early.splice(0, early.push([to, ...message]) - 1000);
        else if (to && socket) socket.send(...message);
        else throw new Error("SteadySocket: no URL to send to, or its component is gone.");
      }),
    close: (...args) => untrack(() => view().socket?.close(...args)),
    reconnect: () => untrack(() => view().socket?.reconnect()),
  };
}
const textOf = (url: SolidSocketURL) => (url instanceof URL ? url.href : url);
