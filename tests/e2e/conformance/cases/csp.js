/** Content Security Policy Level 3: connect-src. The policy is that of the page or worker; the suite's other ports are not its own. */
export default {
  section: "Content Security Policy: connect-src",
  policy: "connect-src 'self'",
  cases: {
    "a URL that the policy forbids": async (t) => {
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      t.state("at once", socket);
      await t.next(socket, "close");
      t.state("closed", socket);
      t.attempt("send", () => socket.send("a"));
      t.attempt("close", () => socket.close());
    },
    "a URL that it forbids, with a scheme of HTTP": async (t) => {
      const url = t.url("/echo").replace("ws:", "http:");
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(url)));
      if (socket) await t.next(socket, "close");
    },
    "a URL that it forbids, with protocols": async (t) => {
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"), ["chat", "soap"])));
      if (socket) await t.next(socket, "close");
      t.attempt("bad ones", () => new t.WebSocket(t.url("/echo"), "a b"));
    },
    "handlers of a connection that is forbidden": async (t) => {
      const log = [];
      const socket = t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      for (const type of ["open", "error", "close"])
        socket[`on${type}`] = () => log.push(type, socket.readyState);
      log.push("returned");
      await t.next(socket, "close");
      await t.task();
      t.note("log", log);
    },
    "close() at once": async (t) => {
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      t.attempt("close", () => socket.close());
      t.state("after close()", socket);
      await t.next(socket, "close");
    },
    "the violation is reported": {
      alone: true,
      run: async (t) => {
        const violations = [];
        const reported = new Promise((resolve) => {
          addEventListener("securitypolicyviolation", (event) => {
            violations.push(event);
            resolve();
          });
        });
        const socket = t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"))));
        await reported;
        if (socket) await t.next(socket, "close");
        await t.task();
        for (const { effectiveDirective, blockedURI, disposition } of violations) {
          t.note("violation", effectiveDirective, blockedURI, disposition);
        }
      },
    },
    "a URL that it allows": async (t) => {
      const socket = t.own(new t.WebSocket(`/${t.id}/echo`));
      await t.next(socket, "open");
      socket.send("a");
      t.note("message", (await t.next(socket, "message")).data);
    },
  },
};
