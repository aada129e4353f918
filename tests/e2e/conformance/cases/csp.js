/** Content Security Policy Level 3: connect-src. The policy is that of the page or worker; the suite's other ports are not its own. */
export default {
  section: "Content Security Policy, connect-src",
  policy: "connect-src 'self'",
  cases: {
    "a URL that the policy forbids": async (t) => {
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      t.state("at once", socket);
      await over(t);
      t.state("later", socket);
      t.attempt("send", () => socket.send("a"));
      t.attempt("close", () => socket.close());
    },
    "a URL that it forbids, with a scheme of HTTP": async (t) => {
      const url = t.url("/echo").replace("ws:", "http:");
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(url)));
      if (socket) await over(t);
    },
    "a URL that it forbids, with protocols": async (t) => {
      t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"), ["chat", "soap"])));
      await over(t);
      t.attempt("bad ones", () => new t.WebSocket(t.url("/echo"), "a b"));
    },
    "handlers of a connection that is forbidden": async (t) => {
      const log = [];
      const socket = t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      for (const type of ["open", "error", "close"])
        socket[`on${type}`] = () => log.push(type, socket.readyState);
      log.push("returned");
      await over(t);
      t.note("log", log);
    },
    "close() at once": async (t) => {
      const socket = t.attempt("new", () => t.watch(new t.WebSocket(t.url("/echo"))));
      if (!socket) return;
      t.attempt("close", () => socket.close());
      t.state("after close()", socket);
      await over(t);
    },
    "the violation is reported": {
      // WebKitGTK tells its workers nothing of violations.
      scopes: ["window"],
      run: async (t) => {
        const violations = [];
        const reported = new Promise((resolve) => {
          addEventListener("securitypolicyviolation", (event) => {
            if (!event.blockedURI.includes(t.id)) return;
            violations.push(event);
            resolve();
          });
        });
        t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"))));
        await reported;
        await over(t);
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

/** Resolves when all events of a connection that is forbidden must have come: Chromium's has no close event to wait for. */
async function over(t) {
  for (let count = 0; count < 2; count++) {
    const allowed = t.own(new t.WebSocket(`/${t.id}/echo`));
    await t.next(allowed, "open");
    allowed.close();
    await t.next(allowed, "close");
  }
}
