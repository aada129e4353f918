import { expect, test } from "../support/test.mjs";

test("the constants are those of WebSocket, on the class and on each instance", async ({ blank }) => {
  const constants = await blank.evaluate(() => {
    const session = new SteadySocket("/echo", [], { startClosed: true });
    const names = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
    return names.map((name) => ({
      name,
      values: [SteadySocket[name], session[name], WebSocket[name]],
      writable: Object.getOwnPropertyDescriptor(SteadySocket, name).writable,
      enumerable: Object.getOwnPropertyDescriptor(SteadySocket, name).enumerable,
    }));
  });
  expect(constants).toEqual(
    ["CONNECTING", "OPEN", "CLOSING", "CLOSED"].map((name, value) => ({
      name,
      values: [value, value, value],
      writable: false,
      enumerable: true,
    })),
  );
});

test("readyState and state through a life with a lost connection", async ({ blank }) => {
  const { first, told, last } = await blank.evaluate(async () => {
    const session = connect("/echo");
    const first = { readyState: session.readyState, state: session.state };
    await opened(session);
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    const over = next(session, "close");
    session.close();
    const closing = { readyState: session.readyState, state: session.state };
    await over;
    const last = { closing, readyState: session.readyState, state: session.state };
    return { first, told: session.told, last };
  });
  expect(first.readyState).toBe(0);
  expect(["resolving", "connecting"]).toContain(first.state);
  expect(last).toEqual({ closing: { readyState: 2, state: "closing" }, readyState: 3, state: "closed" });

  const changes = told.filter(({ type }) => type === "statechange");
  const path = [first.state, ...changes.map(({ to }) => to)].filter((state) => state !== "resolving");
  expect(path).toEqual(["connecting", "open", "waiting", "connecting", "open", "closing", "closed"]);
  let before = first.state;
  for (const { from, to, state, readyState } of changes) {
    expect(from, "each change starts where the last one ended").toBe(before);
    expect(state, "the session is in the state that the event names").toBe(to);
    const expected = { open: 1, closing: 2, closed: 3 }[to] ?? 0;
    expect(readyState, `readyState in the state "${to}"`).toBe(expected);
    before = to;
  }
  const ends = told.filter(({ type }) => type === "open" || type === "close");
  expect(ends).toMatchObject([
    { type: "open", reconnected: false, readyState: 1 },
    {
      type: "close",
      code: 1006,
      wasClean: false,
      cause: "connection-lost",
      willReconnect: true,
      readyState: 0,
    },
    { type: "open", reconnected: true, readyState: 1 },
    { type: "close", wasClean: true, cause: "user", willReconnect: false, readyState: 3 },
  ]);
});

test("url: resolved and serialised at once, however it is given", async ({ blank, server }) => {
  const { port } = server;
  const urls = await blank.evaluate((origin) => {
    const of = (url) => new SteadySocket(url, [], { startClosed: true }).url;
    const connecting = (url) => {
      const session = new SteadySocket(url);
      const serialised = session.url;
      session.close();
      return serialised;
    };
    return {
      relative: connecting("echo?client=a"),
      absolutePath: connecting("/echo?client=a b"),
      http: connecting(`${origin}/echo`),
      ws: connecting(`${origin.replace("http", "WS")}/x/../echo`),
      object: connecting(new URL("/echo?client=a", location)),
      secure: of("https://example.com"),
      secureAtOnce: connecting("wss://localhost:1"),
      functionAtOnce: of(() => "/echo"),
      startClosed: of("/echo"),
    };
  }, server.origin);
  expect(urls).toEqual({
    relative: `ws://localhost:${port}/echo?client=a`,
    absolutePath: `ws://localhost:${port}/echo?client=a%20b`,
    http: `ws://localhost:${port}/echo`,
    ws: `ws://localhost:${port}/echo`,
    object: `ws://localhost:${port}/echo?client=a`,
    secure: "wss://example.com/",
    secureAtOnce: "wss://localhost:1/",
    functionAtOnce: "",
    startClosed: `ws://localhost:${port}/echo`,
  });
});

test("url: a function is asked again before every attempt, sync or async", async ({ blank, server }) => {
  const { urls, opens } = await blank.evaluate(async () => {
    let asked = 0;
    const session = connect(async () => {
      await Promise.resolve();
      return address("/echo", { client: `token-${++asked}` });
    });
    const urls = [session.url];
    await opened(session);
    urls.push(session.url);
    const reopened = next(session, "open");
    await fault("drop", { client: "token-1" });
    await reopened;
    urls.push(session.url);
    return { urls, opens: told(session, "open").map(({ reconnected }) => reconnected) };
  });
  const base = `ws://localhost:${server.port}/echo?client=token`;
  expect(urls).toEqual(["", `${base}-1`, `${base}-2`]);
  expect(opens).toEqual([false, true]);
  expect(await server.logged("token-2", "open")).toHaveLength(1);
});

test("protocol and extensions are the latest connection's; protocols may be a function", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const before = connect("/echo", {}, "one");
    const protocolBefore = before.protocol;
    await opened(before);
    const list = await opened(connect("/echo", {}, ["first", "echo"]));
    const none = await opened(connect("/echo"));

    let asked = 0;
    const session = await opened(
      connect(address("/echo", { client: "varied" }), {}, async () => [`take-${++asked}`]),
    );
    const first = session.protocol;
    const reopened = next(session, "open");
    await fault("drop", { client: "varied" });
    await reopened;
    return {
      protocolBefore,
      one: before.protocol,
      list: list.protocol,
      none: none.protocol,
      varied: [first, session.protocol],
      extensions: list.extensions,
    };
  });
  expect(seen).toEqual({
    protocolBefore: "",
    one: "one",
    list: "echo",
    none: "",
    varied: ["take-1", "take-2"],
    extensions: "",
  });
});

test("binaryType: blob as native, arraybuffer on demand, also between messages and over a reconnect", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const bytes = new Uint8Array([1, 2, 3, 250]);
    const kindOf = async ({ data }) => {
      const content = data instanceof Blob ? await data.arrayBuffer() : data;
      return [Object.prototype.toString.call(data).slice(8, -1), ...new Uint8Array(content)];
    };
    const roundTrip = async (session) => {
      const answer = next(session, "message");
      session.send(bytes);
      return kindOf(await answer);
    };
    const session = await opened(connect("/echo"));
    const seen = { initially: session.binaryType, native: await roundTrip(session) };
    session.binaryType = "arraybuffer";
    seen.changed = await roundTrip(session);
    session.binaryType = "text";
    seen.badIgnored = session.binaryType;
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    seen.reconnected = [session.binaryType, await roundTrip(session)];
    session.binaryType = "blob";
    seen.back = await roundTrip(session);
    const other = await opened(connect("/echo", { binaryType: "arraybuffer" }));
    seen.option = [other.binaryType, await roundTrip(other)];
    const text = await opened(connect("/echo", { binaryType: "arraybuffer" }));
    seen.text = typeof (await echoed(text, "text stays text"));
    return seen;
  });
  expect(seen).toEqual({
    initially: "blob",
    native: ["Blob", 1, 2, 3, 250],
    changed: ["ArrayBuffer", 1, 2, 3, 250],
    badIgnored: "arraybuffer",
    reconnected: ["arraybuffer", ["ArrayBuffer", 1, 2, 3, 250]],
    back: ["Blob", 1, 2, 3, 250],
    option: ["arraybuffer", ["ArrayBuffer", 1, 2, 3, 250]],
    text: "string",
  });
});

test("messages are MessageEvents of the session, with the server's origin", async ({ blank, server }) => {
  const seen = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    const answer = next(session, "message");
    session.send("hello");
    const event = await answer;
    return {
      isMessageEvent: event instanceof MessageEvent,
      origin: event.origin,
      data: event.data,
      ofSession: event.target === session,
      tag: Object.prototype.toString.call(session),
      isEventTarget: session instanceof EventTarget,
    };
  });
  expect(seen).toEqual({
    isMessageEvent: true,
    origin: `ws://localhost:${server.port}`,
    data: "hello",
    ofSession: true,
    tag: "[object SteadySocket]",
    isEventTarget: true,
  });
});

test("on… attributes and addEventListener work side by side, in the order they were set", async ({
  blank,
}) => {
  const { calls, handlers } = await blank.evaluate(async () => {
    const calls = [];
    const session = connect("/echo");
    session.addEventListener("open", () => calls.push("first"));
    session.onopen = () => calls.push("replaced");
    session.addEventListener("open", { handleEvent: () => calls.push("object") });
    session.onopen = function (event) {
      calls.push(this === session && event.target === session ? "handler" : "handler with a wrong this");
    };
    const removed = () => calls.push("removed");
    session.addEventListener("open", removed);
    session.removeEventListener("open", removed);
    session.addEventListener("open", () => calls.push("once"), { once: true });
    session.onclose = () => calls.push("close handler");
    session.onclose = null;
    session.onmessage = "no function";
    const handlers = [typeof session.onopen, session.onclose, session.onmessage];
    await opened(session);
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    return { calls, handlers };
  });
  expect(calls).toEqual(["first", "handler", "object", "once", "first", "handler", "object"]);
  expect(handlers).toEqual(["function", null, null]);
});

test("stats counts attempts and connections", async ({ blank }) => {
  const { before, after } = await blank.evaluate(async () => {
    const session = connect("/echo", { startClosed: true });
    const before = session.stats();
    session.reconnect();
    await opened(session);
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    return { before, after: session.stats() };
  });
  expect(before).toEqual({
    queuedMessages: 0,
    queuedBytes: 0,
    inFlight: 0,
    attempts: 0,
    opened: 0,
    latency: null,
  });
  expect(after).toMatchObject({ queuedMessages: 0, queuedBytes: 0, opened: 2, latency: null });
  expect(after.attempts).toBeGreaterThanOrEqual(2);
});
