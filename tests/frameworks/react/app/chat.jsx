import { useSteadySocket } from "steadysocket/react";

/** What the sessions' handlers were called with, by the name of the chat, for the test to read. */
globalThis.heard = {};
/** How often each chat was rendered. */
globalThis.renders = {};
/** What each chat sends with. */
globalThis.sends = {};
/** Each chat's session. */
globalThis.sockets = {};

/** One user of a session: shows its state, and tells the test the rest. */
export function Chat({ name = "chat", url, reads = false, tag = "", ...options }) {
  const session = useSteadySocket(url, {
    onMessage: ({ data }) => {
      heard[name] ??= [];
      heard[name].push(data + tag);
    },
    ...options,
  });
  renders[name] = (renders[name] ?? 0) + 1;
  sends[name] ??= new Set();
  sends[name].add(session.send);
  sockets[name] = session.socket;
  return (
    <p data-testid={name}>
      {session.state}
      {reads && ` ${session.lastMessage?.data}`}
    </p>
  );
}
