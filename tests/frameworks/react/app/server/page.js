import { createElement, lazy, Suspense } from "react";
import { useSteadySocket } from "steadysocket/react";

/** A page that a server renders and a browser hydrates; `late` resolves when the last chat's code is there. */
export function Page({ url, late }) {
  return createElement(
    "main",
    {},
    createElement(Chat, { name: "one", url }),
    createElement(Chat, { name: "two", url }),
    late && createElement(Suspense, { fallback: "waiting" }, createElement(late, { name: "late", url })),
  );
}

function Chat({ name, url }) {
  const { state, lastMessage, send } = useSteadySocket(url, {
    heartbeat: { message: "ping", reply: "pong" },
  });
  const text = `${state} ${lastMessage?.data}`;
  return createElement("button", { type: "button", "data-testid": name, onClick: () => send("hello") }, text);
}

/** A chat whose code comes when the promise resolves. */
export const lateChat = (ready) => lazy(() => ready.then(() => ({ default: Chat })));
