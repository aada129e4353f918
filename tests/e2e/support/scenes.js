// Runs in the page, after in-page.js: scenes to play with a WebSocket and with what claims to be like one. Each takes a
// function that makes a socket to the echo endpoint, and gives a record of all that could be observed.

/** Collects what `socket` tells, each line with the readyState at that moment. */
function record(socket) {
  const lines = [];
  const note = (line) => lines.push(`${line} in ${socket.readyState}`);
  for (const type of ["open", "error", "close"]) {
    socket.addEventListener(type, ({ code, reason, wasClean }) => {
      note(type === "close" ? `close ${code} "${reason}" ${wasClean ? "clean" : "unclean"}` : type);
    });
  }
  socket.addEventListener("message", ({ data }) => note(`message ${data}`));
  return { lines, note };
}

function attempt(run) {
  return thrownBy(run)?.name ?? "no error";
}

function properties({ url, protocol, extensions, binaryType, bufferedAmount }) {
  return `${url} "${protocol}" "${extensions}" ${binaryType} ${bufferedAmount}`;
}

globalThis.scenes = {
  async "the server closes"(make) {
    const socket = make();
    const { lines } = record(socket);
    const closed = next(socket, "close");
    await next(socket, "open");
    await fault("close", { code: 4000, reason: "enough" });
    await closed;
    return lines;
  },

  async "the connection is lost"(make) {
    const socket = make();
    const { lines } = record(socket);
    const closed = next(socket, "close");
    await next(socket, "open");
    await fault("drop");
    await closed;
    return lines;
  },

  async "the handshake is refused"(make) {
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const socket = make();
    const { lines } = record(socket);
    await next(socket, "close");
    await fault("clear");
    return lines;
  },

  async "close() while connecting"(make) {
    const socket = make();
    const { lines, note } = record(socket);
    const closed = next(socket, "close");
    socket.close();
    note("called");
    await closed;
    return lines;
  },

  async "close() without arguments"(make) {
    const socket = make();
    const { lines, note } = record(socket);
    await next(socket, "open");
    const closed = next(socket, "close");
    socket.close();
    note("called");
    await closed;
    return lines;
  },

  async "close() with a code, twice"(make) {
    const socket = make();
    const { lines, note } = record(socket);
    await next(socket, "open");
    const closed = next(socket, "close");
    socket.close(3456, "bye");
    socket.close(3457, "ignored");
    note("called");
    await closed;
    socket.close();
    note("called again");
    return lines;
  },

  async "send() at all times"(make) {
    const socket = make();
    const { lines, note } = record(socket);
    note(attempt(() => socket.send("too early")));
    await next(socket, "open");
    const answered = next(socket, "message");
    note(attempt(() => socket.send("hello")));
    await answered;
    const closed = next(socket, "close");
    socket.close(1000);
    note(attempt(() => socket.send("x".repeat(10))));
    await closed;
    note(attempt(() => socket.send("too late")));
    return lines;
  },

  async "bufferedAmount after close()"(make) {
    const socket = make();
    const { lines, note } = record(socket);
    await next(socket, "open");
    const closed = next(socket, "close");
    socket.close(1000);
    socket.send("x".repeat(10));
    note(`at least ten: ${socket.bufferedAmount >= 10}`);
    await closed;
    socket.send("x".repeat(10));
    note(`at least twenty: ${socket.bufferedAmount >= 20}`);
    return lines;
  },

  async "the properties"(make) {
    const socket = make(["first", "echo"]);
    const { lines, note } = record(socket);
    note(properties(socket));
    await next(socket, "open");
    note(properties(socket));
    const closed = next(socket, "close");
    socket.close(1000);
    await closed;
    note(properties(socket));
    return lines;
  },
};

scripts.add("scenes.js");
