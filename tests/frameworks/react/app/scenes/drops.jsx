import { useSteadySocket } from "steadysocket/react";
import { useControl } from "../control.js";
import { at } from "../parameters.js";

/** What the sessions told of messages that they gave up. */
globalThis.dropped = [];

function Chat({ name, room }) {
  const { state, send } = useSteadySocket(at(room), {
    onDrop: ({ data, reason }) => dropped.push(`${name}: ${data}, ${reason}`),
  });
  globalThis.send = send;
  return <p data-testid={name}>{state}</p>;
}

/** Has the same session, and nothing to say of it. */
function Bystander({ room }) {
  useSteadySocket(at(room));
  return null;
}

export default function Drops() {
  const { room, another } = useControl({ room: "a" });
  return (
    room && (
      <>
        <Bystander room={room} />
        <Chat name="one" room={room} />
        {another && <Chat name="two" room={room} />}
      </>
    )
  );
}
