import { Suspense, startTransition, useState } from "react";
import { Chat } from "../chat.jsx";
import { at } from "../parameters.js";

const gates = new Map();

/** What a component may have to wait for. */
function gate(name) {
  if (!gates.has(name)) {
    const gate = { isOpen: false };
    gate.promise = new Promise((resolve) => {
      gate.open = () => {
        gate.isOpen = true;
        resolve();
      };
    });
    gates.set(name, gate);
  }
  return gates.get(name);
}

/** Has a session, and may have to wait after it has asked for it: then React throws its render away. */
function Patient({ room, until }) {
  const chat = Chat({ name: "one", url: at(room) });
  if (until && !gate(until).isOpen) throw gate(until).promise;
  return chat;
}

export default function Waiting() {
  const [props, setProps] = useState({ room: "a", until: "first" });
  Object.assign(globalThis, {
    change: setProps,
    changeInTransition: (props) => startTransition(() => setProps(props)),
    open: (name) => gate(name).open(),
  });
  return <Suspense fallback={<p>waiting</p>}>{props.room && <Patient {...props} />}</Suspense>;
}
