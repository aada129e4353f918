import { useEffect, useLayoutEffect } from "react";
import { useSteadySocket } from "steadysocket/react";
import { at } from "../parameters.js";

/** Sends as soon as it can, before the component that has the session has subscribed to it. */
function Child({ send }) {
  useLayoutEffect(() => send("child's layout effect"), [send]);
  useEffect(() => send("child's effect"), [send]);
  return null;
}

export default function Parent() {
  const { state, send } = useSteadySocket(at("a"));
  useLayoutEffect(() => send("layout effect"), [send]);
  useEffect(() => send("effect"), [send]);
  return (
    <p data-testid="one">
      {state}
      <Child send={send} />
    </p>
  );
}
