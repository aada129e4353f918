import { useEffect } from "react";
import { useSteadySocket } from "steadysocket/react";
import { useControl } from "../control.js";
import { at } from "../parameters.js";

/** What it sends is refused when the session begins. */
function Child({ send }) {
  useEffect(() => send("too early"), [send]);
  return null;
}

function Parent() {
  const { send } = useSteadySocket(at("a"), { queue: false });
  return <Child send={send} />;
}

export default function Refused() {
  const { shown } = useControl({ shown: false });
  return shown ? <Parent /> : <p>nothing</p>;
}
