import { useEffect, useLayoutEffect } from "react";
import { useSteadySocket } from "steadysocket/react";
import { useControl } from "../control.js";
import { at } from "../parameters.js";

/** What the rooms' handlers heard. */
globalThis.heard = [];

/** Says hello to its room and goodbye, as one does. */
function Room({ room }) {
  const { state, send } = useSteadySocket(at(room), {
    onMessage: ({ data }) => heard.push(`in ${room}: ${data}`),
  });
  useLayoutEffect(() => globalThis.beforeEffects?.(room), [room]);
  useEffect(() => {
    send(`join ${room}`);
    return () => send(`leave ${room}`);
  }, [room, send]);
  return (
    <p data-testid="room">
      {room} {state}
    </p>
  );
}

export default function Rooms() {
  const { room } = useControl({ room: "a" });
  return room && <Room room={room} />;
}
