import { Activity, Fragment, useLayoutEffect } from "react";
import { useSteadySocket } from "steadysocket/react";
import { useControl } from "../control.js";
import { at, parameters } from "../parameters.js";

/** What the session told of messages that it gave up. */
globalThis.dropped = [];

/** Sends what it is to before the session begins: `early` has the arguments of each call. */
function Sender({ room, queue, early = [] }) {
  const { state, send } = useSteadySocket(at(room), {
    queue,
    onDrop: ({ data, reason }) => dropped.push(`${data}, ${reason}`),
  });
  globalThis.send = send;
  useLayoutEffect(() => {
    for (const message of early) send(...message);
  }, [send, early]);
  return (
    <p data-testid="one">
      {room} {state}
    </p>
  );
}

export default function Waiting() {
  const { mode, ...props } = useControl(JSON.parse(parameters.get("props")));
  const Around = Activity ?? Fragment;
  return (
    <Around {...(Activity && { mode })}>
      <Sender {...props} />
    </Around>
  );
}
