// What docs/migrating.md says of arguments, options, listeners and addresses: the same scene, side by side, with ours and
// the libraries that people come from.

import { addPeers, documented } from "../support/peers.mjs";
import { expect, test } from "../support/test.mjs";

test.beforeEach(async ({ blank }) => addPeers(blank));

test("a full queue: who gives way, and who is told", async ({ blank }) => {
  const options = { maxEnqueuedMessages: 2, startClosed: true };
  const seen = await blank.evaluate(
    async (options) => ({
      asIs: await inEach(async ({ connect }) => {
        const socket = connect(options);
        const states = [socket.readyState];
        const answers = ["a", "b", "c"].map((text) => socket.send(text));
        socket.reconnect();
        states.push(socket.readyState);
        await until(() => told(socket, "message").length === 2);
        return { states, answers, told: lines(socket, ["drop", "message"], ["data", "reason"]) };
      }),
      asTheirs: await inEach(async ({ library, connect }) => {
        const queue = { maxMessages: 2, overflow: "drop-newest" };
        const socket = connect({ startClosed: true, ...(library === "steadysocket" ? { queue } : options) });
        for (const text of ["a", "b", "c"]) socket.send(text);
        socket.reconnect();
        await until(() => told(socket, "message").length === 2);
        return lines(socket, ["message"], ["data"]);
      }),
    }),
    options,
  );
  const nothing = [undefined, undefined, undefined];
  expect(seen.asIs).toEqual({
    steadysocket: { states: [3, 0], answers: nothing, told: ["drop a overflow", "message b", "message c"] },
    "reconnecting-websocket": { states: [3, 3], answers: nothing, told: ["message a", "message b"] },
    partysocket: { states: [3, 3], answers: [false, false, false], told: ["message a", "message b"] },
  });
  for (const received of Object.values(seen.asTheirs)) expect(received).toEqual(["message a", "message b"]);
});

test("shouldReconnectOnClose, as retry: asked of a close by the server, and of what a failed attempt is", async ({
  blank,
}) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const gate = fickle();
      const asked = [];
      const socket = connect({
        WebSocket: gate.WebSocket,
        shouldReconnectOnClose: ({ code }) => {
          asked.push(code);
          return code !== 4999 && code !== 1000;
        },
      });
      socket.onclose = () => {
        gate.refuse = false;
      };
      await next(socket, "close");
      if (library === "partysocket") {
        await controlled();
        return { asked, attempts: gate.attempts, goesOn: socket.shouldReconnect };
      }
      await opened(socket);
      const lost = next(socket, "close");
      await fault("close", { client: library, code: 4999 });
      await lost;
      await controlled();
      const seen = { asked, goesOn: socket.readyState < 2 || told(socket, "open").length > 1 };
      socket.close();
      return seen;
    }),
  );
  expect(seen.steadysocket).toEqual({ asked: [1006, 4999], goesOn: false });
  expect(seen.partysocket).toEqual({ asked: [1000], attempts: 1, goesOn: false });
});

test("a URL that is none, and a function that fails to give one", async ({ blank }) => {
  const seen = await blank.evaluate(() => {
    // Theirs reject promises that nobody has.
    addEventListener("unhandledrejection", (event) => event.preventDefault());
    return inEach(async ({ library, url, connect }) => {
      const gate = fickle();
      gate.refuse = false;
      const thrown = thrownBy(() => connect({ WebSocket: gate.WebSocket }, "ws://"))?.name ?? null;
      if (library === "partysocket") await until(() => gate.attempts === 3);
      let asked = 0;
      const socket = connect({}, async () => {
        if (++asked === 1) throw new Error("no token");
        return url;
      });
      if (library !== "reconnecting-websocket") await opened(socket);
      await controlled();
      const events = lines(socket, ["error", "close", "open"], ["cause"]);
      socket.close();
      return { thrown, again: gate.attempts > 1, asked, events };
    });
  });
  expect(seen).toEqual({
    steadysocket: {
      thrown: "SyntaxError",
      again: false,
      asked: 2,
      events: ["error", "close url-failed", "open"],
    },
    "reconnecting-websocket": { thrown: null, again: false, asked: 1, events: [] },
    partysocket: { thrown: null, again: true, asked: 2, events: ["error", "open"] },
  });
});

test("a close code that is not allowed", async ({ blank, server }) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ connect }) => {
      const socket = await opened(connect());
      const thrown = thrownBy(() => socket.close(1001))?.name ?? null;
      await controlled();
      return { thrown, readyState: socket.readyState };
    }),
  );
  const thrown = { thrown: "InvalidAccessError", readyState: 1 };
  expect(seen).toEqual({
    steadysocket: thrown,
    "reconnecting-websocket": thrown,
    partysocket: { thrown: null, readyState: 3 },
  });
  for (const library of Object.keys(seen)) expect(await server.logged(library, "close")).toEqual([]);
});

test("listeners, handlers and their event's target", async ({ blank }) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ connect }) => {
      const socket = connect();
      const heard = [];
      const twice = () => heard.push("twice");
      socket.addEventListener("message", twice);
      socket.addEventListener("message", twice);
      socket.addEventListener("message", () => heard.push("once"), { once: true });
      socket.addEventListener("message", ({ target }) => heard.push(`listener ${target === socket}`));
      socket.onmessage = ({ target }) => heard.push(`handler ${target === socket}`);
      await opened(socket);
      await echoed(socket, "1");
      heard.push("–");
      await echoed(socket, "2");
      return { heard: heard.join(", "), isEventTarget: socket instanceof EventTarget };
    }),
  );
  expect(seen).toEqual({
    steadysocket: {
      heard: "twice, once, listener true, handler true, –, twice, listener true, handler true",
      isEventTarget: true,
    },
    "reconnecting-websocket": {
      heard:
        "handler false, twice, twice, once, listener false, –, handler false, twice, twice, once, listener false",
      isEventTarget: false,
    },
    partysocket: {
      heard: "handler false, twice, once, listener true, –, handler false, twice, listener true",
      isEventTarget: true,
    },
  });
});

test("subprotocols null: none for the others, the word “null” for us, as for WebSocket", async ({
  blank,
}) => {
  const chosen = await blank.evaluate(async () => {
    const from = (path) => new URL(address(path), location.href).href.replace("http", "ws");
    const ours = await opened(new SteadySocket(from("/echo"), null));
    const plain = new WebSocket(from("/echo"), null);
    await next(plain, "open");
    const theirs = new PartyWebSocket(from("/echo"), null);
    await next(theirs, "open");
    return [ours.protocol, plain.protocol, theirs.protocol];
  });
  expect(chosen).toEqual(["null", "null", ""]);
});

test("a PartySocket's address, by the function of the docs", async ({ blank }) => {
  const urls = await blank.evaluate(async (code) => {
    const partyUrl = new Function(code)();
    const rooms = [
      { host: "party.example", room: "lobby", id: "me" },
      { host: "127.0.0.1:1999", party: "chess", room: "r1", id: "me", query: { token: "a b" } },
      { host: "https://party.example/", room: "r", path: "sub/path", id: "me" },
      { host: "party.example", basePath: "agents/x", id: "me" },
      { host: "party.example", prefix: "rooms", room: "r", protocol: "ws", id: "me" },
    ];
    const theirs = await Promise.all(
      rooms.map(
        (room) =>
          new Promise((resolve) => {
            const WebSocket = function Address(url) {
              resolve(url);
              return new Refused();
            };
            new PartySocket({ ...room, WebSocket, maxRetries: 0 });
          }),
      ),
    );
    return rooms.map((room, index) => [partyUrl(room), theirs[index]]);
  }, documented("partyUrl"));
  for (const [ours, theirs] of urls) expect(ours).toBe(theirs);
  expect(urls).toHaveLength(5);
});
