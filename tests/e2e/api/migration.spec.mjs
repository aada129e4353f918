// What docs/migrating.md says of connections that come and go: the same scene, side by side, with ours and the libraries
// that people come from, in their words for the options.

import { addPeers, documented } from "../support/peers.mjs";
import { expect, test } from "../support/test.mjs";

test.beforeEach(async ({ blank }) => addPeers(blank));

/** The codes and reasons with which the server saw a client's connections end. */
async function closesAtServer(server, client, count) {
  const closes = () => server.logged(client, "close");
  await expect.poll(async () => (await closes()).length).toBeGreaterThanOrEqual(count);
  return (await closes()).map(({ code, reason }) => `${code} ${reason}`.trim());
}

test("a dropped connection: readyState, what is counted, what arrives and in which order", async ({
  blank,
}) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const socket = connect();
      socket.send("early");
      await until(() => told(socket, "message").length === 1);
      const bytes = new TextEncoder().encode("as sent");
      let between;
      // At once: the delay may be next to nothing.
      socket.onclose = () => {
        socket.onopen = () => socket.send("in open");
        socket.send("grün");
        between = { readyState: socket.readyState, buffered: socket.bufferedAmount };
        socket.send(bytes);
        bytes.set(new TextEncoder().encode("changed"));
      };
      await fault("drop", { client: library });
      await until(() => told(socket, "message").length === 4);
      const data = told(socket, "message").map(({ data }) => data);
      const received = await Promise.all(data.map((item) => (typeof item === "string" ? item : item.text())));
      return { ...between, received, closes: lines(socket, ["close"], ["code", "wasClean"]) };
    }),
  );
  const closes = ["close 1006 false"];
  expect(seen.steadysocket).toEqual({
    readyState: 0,
    buffered: 5,
    received: ["early", "grün", "as sent", "in open"],
    closes,
  });
  const peer = { readyState: 3, buffered: 4, received: ["early", "grün", "changed", "in open"], closes };
  expect(seen["reconnecting-websocket"]).toEqual(peer);
  expect(seen.partysocket).toEqual(peer);
});

test("close(): when it is told, what it sends, and what becomes of a message sent after it", async ({
  blank,
  server,
}) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ connect }) => {
      const socket = await opened(connect());
      const over = next(socket, "close");
      socket.close();
      const atOnce = [socket.readyState, told(socket, "close").length];
      await over;
      await until(() => socket.readyState === 3);
      socket.send("after close");
      socket.reconnect();
      await next(socket, "open");
      await echoed(socket, "last");
      return { atOnce, told: lines(socket, ["drop", "message"], ["data", "reason"]) };
    }),
  );
  expect(seen).toEqual({
    steadysocket: { atOnce: [2, 0], told: ["drop after close closed", "message last"] },
    "reconnecting-websocket": { atOnce: [2, 0], told: ["message after close", "message last"] },
    partysocket: { atOnce: [3, 1], told: ["message after close", "message last"] },
  });
  expect(await closesAtServer(server, "steadysocket", 1)).toEqual(["1005"]);
  expect(await closesAtServer(server, "reconnecting-websocket", 1)).toEqual(["1000"]);
  expect(await closesAtServer(server, "partysocket", 1)).toEqual(["1000"]);
});

test("close() and reconnect() while an attempt is waited for", async ({ blank }) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const hour = 3_600_000;
      const gate = fickle();
      gate.refuse = false;
      // Ours draws a delay from zero up; this one it is told.
      const exactly = library === "steadysocket" && { retry: () => hour };
      const bounds = { minReconnectionDelay: hour, maxReconnectionDelay: hour };
      const slow = { ...bounds, ...exactly, WebSocket: gate.WebSocket };
      const lose = async () => {
        const socket = await opened(connect(slow));
        const lost = next(socket, "close");
        await fault("drop", { client: library });
        await lost;
        return socket;
      };
      const closed = await lose();
      closed.told.length = 0;
      closed.close();
      const hurried = await lose();
      const attempts = gate.attempts;
      hurried.reconnect();
      await controlled();
      if (library === "steadysocket") await opened(hurried);
      const seen = {
        closed: lines(closed, ["close"], ["willReconnect"]),
        state: closed.readyState,
        attempts: gate.attempts - attempts,
      };
      hurried.close();
      return seen;
    }),
  );
  expect(seen).toEqual({
    steadysocket: { closed: ["close false"], state: 3, attempts: 1 },
    "reconnecting-websocket": { closed: [], state: 3, attempts: 0 },
    partysocket: { closed: [], state: 3, attempts: 0 },
  });
});

test("reconnect() after close() while an attempt was waited for", async ({ blank }) => {
  const attempts = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const gate = fickle();
      const socket = connect({ WebSocket: gate.WebSocket });
      // At once: the delay may be next to nothing.
      socket.onclose = () => gate.refuse && socket.close();
      await until(() => told(socket, "close").length > 0 && told(socket, "error").length > 0);
      // Until the delay is over.
      const start = performance.now();
      await until(() => performance.now() > start + 500);
      gate.refuse = false;
      socket.reconnect();
      if (library !== "reconnecting-websocket") await opened(socket);
      await controlled();
      return gate.attempts;
    }),
  );
  expect(attempts).toEqual({ steadysocket: 2, "reconnecting-websocket": 1, partysocket: 2 });
});

test("a failed attempt: the order of events and their code; a handshake that hangs", async ({ blank }) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const types = ["error", "close"];
      const both = (socket) => types.every((type) => told(socket, type).length > 0);
      await fault("refuse", { client: library, ms: 600_000, mode: "reject" });
      const refused = connect({ maxRetries: 0, connectionTimeout: 14_000 });
      refused.onclose = ({ code, wasClean }) => {
        refused.handled = [code, wasClean];
      };
      await until(() => both(refused));
      await fault("refuse", { client: library, ms: 600_000, mode: "hang" });
      const hanging = connect({ maxRetries: 0, connectionTimeout: 300 });
      await until(() => both(hanging));
      return {
        refused: lines(refused, types, ["code", "wasClean", "cause"]),
        handled: refused.handled,
        hanging: lines(hanging, types, ["cause"]),
      };
    }),
  );
  expect(seen).toEqual({
    steadysocket: {
      refused: ["error", "close 1006 false never-opened"],
      handled: [1006, false],
      hanging: ["error", "close connect-timeout"],
    },
    "reconnecting-websocket": {
      refused: ["close 1000 true", "error"],
      handled: [1000, true],
      hanging: ["close", "error"],
    },
    // Listeners are told of a code that is no number.
    partysocket: {
      refused: ["close close true", "error"],
      handled: [1000, true],
      hanging: ["close", "error"],
    },
  });
});

test("retries exhausted: how many attempts, what is told, and whether reconnect() revives", async ({
  blank,
}) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ library, connect }) => {
      const gate = fickle();
      const socket = connect({ maxRetries: 2, WebSocket: gate.WebSocket });
      socket.send("waits");
      await until(() => told(socket, "close").length === 3);
      await controlled();
      const { attempts } = gate;
      const ends = told(socket, "close").map(({ willReconnect }) => willReconnect ?? "not told");
      const drops = told(socket, "drop").map(({ data, reason }) => [data, reason]);
      gate.refuse = false;
      socket.reconnect();
      if (library !== "reconnecting-websocket") await until(() => socket.readyState === 1);
      await controlled();
      return { attempts, ends, drops, after: gate.attempts - attempts, readyState: socket.readyState };
    }),
  );
  const peer = { attempts: 3, ends: ["not told", "not told", "not told"], drops: [] };
  expect(seen).toEqual({
    steadysocket: {
      attempts: 3,
      ends: [true, true, false],
      drops: [["waits", "closed"]],
      after: 1,
      readyState: 1,
    },
    "reconnecting-websocket": { ...peer, after: 0, readyState: 3 },
    partysocket: { ...peer, after: 1, readyState: 1 },
  });
});

test("the server closes with 1000: over here, unless the option of the docs is given", async ({ blank }) => {
  const scene = async ({ library, connect }) => {
    const socket = await opened(
      connect(library === "steadysocket" ? globalThis.ourOptions : { minUptime: 60_000 }),
    );
    const [lost, back] = [next(socket, "close"), next(socket, "open").catch(() => "did not come back")];
    await fault("close", { client: library, code: 1000 });
    await lost;
    if (socket.state !== "closed") await back;
    await controlled();
    const seen = [told(socket, "close").length, socket.readyState];
    socket.close();
    return seen;
  };
  const play = (options) =>
    blank.evaluate(`globalThis.ourOptions = (() => { ${options} })(); inEach(${scene})`);
  const peers = { "reconnecting-websocket": [1, 1], partysocket: [1, 1] };
  expect(await play("return {};")).toEqual({ steadysocket: [1, 3], ...peers });
  expect(await play(documented("asBefore"))).toEqual({
    steadysocket: [1, 1],
    ...peers,
  });
});

test("reconnect(code, reason): what the server hears, and close, then reconnect() instead", async ({
  blank,
  server,
}) => {
  const seen = await blank.evaluate(() =>
    inEach(async ({ connect }) => {
      const socket = await opened(connect());
      socket.reconnect(4002, "again");
      const atOnce = lines(socket, ["close"], ["code", "willReconnect"]);
      await next(socket, "open");
      socket.close(4003, "instead");
      socket.reconnect();
      await next(socket, "open");
      return { atOnce, answer: await echoed(socket, "hello"), closes: told(socket, "close").length };
    }),
  );
  const peer = (atOnce) => ({ atOnce: [atOnce], answer: "hello", closes: 2 });
  expect(seen).toEqual({
    steadysocket: peer("close 1006 true"),
    "reconnecting-websocket": peer("close 4002"),
    partysocket: peer("close close"),
  });
  const theirs = ["4002 again", "4003 instead"];
  expect(await closesAtServer(server, "steadysocket", 2)).toEqual(["1005", "4003 instead"]);
  expect(await closesAtServer(server, "reconnecting-websocket", 2)).toEqual(theirs);
  expect(await closesAtServer(server, "partysocket", 2)).toEqual(theirs);
});
