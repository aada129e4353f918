/** Steps that many cases share. They talk to server/wire.mjs. */

/** A watched socket. `parameters` are the server's, perhaps lists: see server/wire.mjs. */
export function connect(t, { protocols, ...parameters } = {}) {
  const pairs = Object.entries(parameters).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value]),
  );
  const url = t.ownUrl("/wire", pairs);
  const socket = protocols === undefined ? new t.WebSocket(url) : new t.WebSocket(url, protocols);
  t.watch(socket);
  return socket;
}

/** The same when it is open. */
export async function open(t, options) {
  const socket = connect(t, options);
  await t.next(socket, "open");
  return socket;
}

/** Tells the server something, which has the event `type` to follow: resolves with that. */
export async function bring(t, socket, type, command, parameters) {
  const [event] = await Promise.all([t.next(socket, type), t.tell(command, parameters)]);
  return event;
}

/** Writes these frames in one piece. */
export const say = (t, ...frames) => t.tell("write", { bytes: frames.join("") });

/** Resolves once so many messages have come, with their data. */
export function messages(socket, count) {
  const data = [];
  return new Promise((resolve) => {
    socket.addEventListener("message", (event) => {
      data.push(event.data);
      if (data.length === count) resolve(data);
    });
  });
}

/** Says the frames in one piece; resolves with the data of `count` messages. */
export async function take(t, socket, count, ...frames) {
  const [data] = await Promise.all([messages(socket, count), say(t, ...frames)]);
  return data;
}

/** Notes what `send` says, and what becomes of `bufferedAmount`. */
export function attemptSend(t, socket, name, ...args) {
  const before = socket.bufferedAmount;
  t.attempt(`send ${name}`, () => socket.send(...args));
  t.note("bufferedAmount grew by", socket.bufferedAmount - before);
}

/** An object that notes its conversion by `toString`, to `result`, which is thrown if it is an error. */
export function converted(t, result) {
  return {
    toString() {
      t.note("toString");
      if (result instanceof Error) throw result;
      return result;
    },
    valueOf() {
      t.note("valueOf");
      return "value";
    },
  };
}

/** Sends a last text and notes all messages that the server heard up to it. */
export async function noteHeard(t, socket) {
  socket.send("the end");
  const { messages } = await t.heard({ last: "the end" });
  for (const message of messages) t.note("the server heard", message);
}

/** Closes and notes what the server heard of it. */
export async function noteClosing(t, socket, ...args) {
  const closed = t.next(socket, "close");
  t.attempt("close", () => socket.close(...args));
  noteState(t, "after close()", socket);
  // What it refused.
  if (socket.readyState === 1) socket.close();
  await closed;
  t.note("the server heard the close frame", (await t.heard({ closed: true })).close);
}

/** What a socket says of itself. */
export function noteState(t, label, socket) {
  t.note(
    label,
    socket.readyState,
    socket.protocol,
    socket.extensions,
    socket.binaryType,
    socket.bufferedAmount,
  );
}

/** A case for each of `values`, with a name and a run that are made of it. */
export function each(values, name, run) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), (t) => run(t, value)]));
}

/** For what only time can show: that nothing happens, or that something comes late. */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
