/** A socket to the echo, a log, and listeners that write a word into it. */
export function heard(t, parameters) {
  const log = [];
  const say = (text) => () => {
    log.push(text);
  };
  return { socket: t.own(new t.WebSocket(t.url("/echo", parameters))), log, say };
}

/** Has one message come. */
export async function echo(t, socket) {
  socket.send("a");
  await t.next(socket, "message");
  // The rest of this event's listeners.
  await t.task();
}
