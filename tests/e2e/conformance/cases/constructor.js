export default {
  section: "§3.1 The WebSocket constructor",
  cases: {
    "an echo, from the constructor to the close": async (t) => {
      const socket = new t.WebSocket(t.url("/echo"));
      t.state("at once", socket);
      t.watch(socket);
      await t.next(socket, "open");
      socket.send("grüß dich");
      await t.next(socket, "message");
      socket.close(3000, "enough");
      t.state("after close()", socket);
      await t.next(socket, "close");
      const { messages, close } = await t.heard({ closed: true });
      t.note("the server heard", messages, close);
    },
    "a relative URL resolves against the base URL": async (t) => {
      const socket = t.own(new t.WebSocket(`/conformance/echo?${t.id}`));
      t.note("url", socket.url);
      await t.next(socket, "open");
    },
    "the server closes": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo")));
      await t.next(socket, "open");
      await t.tell("close", { code: 4321, reason: "over" });
      await t.next(socket, "close");
    },
  },
};
