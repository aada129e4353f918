import { useSteadySocket } from "steadysocket/react";
import { at } from "../parameters.js";

globalThis.renders = { bystander: 0 };

/** Given nothing: React Compiler renders it once. */
function Bystander() {
  renders.bystander++;
  return null;
}

function Latest({ session }) {
  return (
    <p data-testid="latest">
      {session.state} {session.lastMessage?.data}
    </p>
  );
}

export default function Compiled() {
  const session = useSteadySocket(at("a"));
  return (
    <>
      <Latest session={session} />
      <Bystander />
      <button type="button" onClick={() => session.send("first")}>
        first
      </button>
      <button type="button" onClick={() => session.send("second")}>
        second
      </button>
    </>
  );
}
