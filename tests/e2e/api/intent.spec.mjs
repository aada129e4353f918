import { expect, test } from "../support/test.mjs";

test("close() tells the server its code and reason, and the session ends for good", async ({
  blank,
  server,
}) => {
  const seen = await blank.evaluate(async () => {
    const end = async (client, ...farewell) => {
      const session = await opened(connect(address("/echo", { client })));
      const over = next(session, "close");
      session.close(...farewell);
      const { code, reason, wasClean, cause, willReconnect } = await over;
      return {
        code,
        reason,
        wasClean,
        cause,
        willReconnect,
        state: session.state,
        told: told(session, "close").length,
      };
    };
    return [
      await end("plain"),
      await end("code", 1000),
      await end("both", 4999, "ünïcode"),
      await end("reason", undefined, "why"),
    ];
  });
  const end = { wasClean: true, cause: "user", willReconnect: false, state: "closed", told: 1 };
  expect(seen).toEqual([
    { ...end, code: 1005, reason: "" },
    { ...end, code: 1000, reason: "" },
    { ...end, code: 4999, reason: "ünïcode" },
    { ...end, code: 1000, reason: "why" },
  ]);
  for (const [client, code, reason] of [
    ["plain", 1005, ""],
    ["code", 1000, ""],
    ["both", 4999, "ünïcode"],
    ["reason", 1000, "why"],
  ]) {
    await expect.poll(() => server.logged(client, "close")).toMatchObject([{ code, reason }]);
  }
});

test("a closed session stays closed, whatever the page and the network do", async ({
  blank,
  server,
  client,
}) => {
  const states = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    const over = next(session, "close");
    session.close();
    await over;
    const count = session.told.length;
    // The control comes back by the same signs of life that must not revive the closed one.
    const control = await opened(
      connect(address("/echo", { client: "control" }), { backoff: { min: 3_600_000, max: 3_600_000 } }),
    );
    const states = [];
    for (const signal of [
      () => dispatchEvent(new Event("online")),
      () => document.dispatchEvent(new Event("visibilitychange")),
      () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })),
    ]) {
      const lost = next(control, "close");
      await fault("drop", { client: "control" });
      await lost;
      const back = next(control, "open");
      signal();
      await back;
      await echoed(control, "back");
      states.push(session.state, session.readyState, session.told.length - count);
    }
    return states;
  });
  expect(states).toEqual(["closed", 3, 0, "closed", 3, 0, "closed", 3, 0]);
  expect(await server.logged(client, "handshake")).toHaveLength(1);
});

test("close() cuts a wait, a handshake and a question for the URL short", async ({
  blank,
  server,
  client,
}) => {
  const seen = await blank.evaluate(async () => {
    const endNow = async (session) => {
      const over = next(session, "close", ({ willReconnect }) => !willReconnect);
      const before = session.state;
      session.close();
      await over;
      return { before, after: session.state, cause: told(session, "close").at(-1).cause };
    };
    const resolving = connect(() => new Promise(() => {}));
    const inResolving = await endNow(resolving);

    await fault("refuse", { ms: 600_000, mode: "hang" });
    const connecting = connect("/echo");
    await until(() => connecting.state === "connecting");
    const inConnecting = await endNow(connecting);

    await fault("refuse", { ms: 600_000, mode: "reject" });
    const waiting = connect("/echo", { retry: () => 600_000 });
    await next(waiting, "retry");
    const handshakes = (await serverLog()).length;
    const ended = next(waiting, "close");
    await until(() => waiting.state === "waiting");
    waiting.close();
    await until(() => waiting.state === "closed");
    await fault("clear");
    dispatchEvent(new Event("online"));
    const control = await opened(connect(address("/echo", { client: "control" })));
    await echoed(control, "hello");
    return {
      inResolving,
      inConnecting,
      waiting: { state: waiting.state, readyState: waiting.readyState, cause: (await ended).cause },
      further: (await serverLog()).length - handshakes,
    };
  });
  expect(seen.inResolving).toEqual({ before: "resolving", after: "closed", cause: "user" });
  expect(seen.inConnecting).toEqual({ before: "connecting", after: "closed", cause: "user" });
  expect(seen.waiting).toEqual({ state: "closed", readyState: 3, cause: "user" });
  expect(seen.further).toBe(0);
  expect(await server.logged(client, "open")).toEqual([]);
});

test("close() does not wait longer than closeTimeout for a server that does not answer", async ({
  blank,
}) => {
  const { gap, end, log } = await blank.evaluate(async () => {
    const session = await opened(connect("/echo", { closeTimeout: 300 }));
    await fault("silent");
    const over = next(session, "close");
    const start = performance.now();
    session.close(4001, "bye");
    const { cause, wasClean, willReconnect } = await over;
    return {
      gap: performance.now() - start,
      end: { cause, wasClean, willReconnect, state: session.state },
      log: await serverLog(),
    };
  });
  expect(gap).toBeGreaterThanOrEqual(290);
  expect(gap).toBeLessThan(1500);
  expect(end).toEqual({ cause: "user", wasClean: false, willReconnect: false, state: "closed" });
  expect(log.filter(({ event }) => event === "close")).toEqual([]);
});

test("reconnect() revives a closed session, replaces an open connection and cuts a wait short", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const session = await opened(connect("/echo", { WebSocket: Spy, retry: () => 600_000 }));
    const over = next(session, "close");
    session.close();
    await over;
    session.reconnect();
    const revived = [session.readyState, (await next(session, "open")).reconnected];
    session.send("revived");
    await next(session, "message");

    const replaced = next(session, "close");
    session.reconnect();
    const { cause, willReconnect } = await replaced;
    await opened(session);
    await echoed(session, "replaced");

    await fault("refuse", { ms: 600_000, mode: "reject" });
    const lost = next(session, "retry");
    await fault("drop");
    await lost;
    session.send("kept");
    await fault("clear");
    session.reconnect();
    await next(session, "open");
    await next(session, "message");
    return {
      revived,
      replaced: { cause, willReconnect },
      sockets: Spy.all.length,
      open: Spy.all.filter(({ readyState }) => readyState === 1).length,
      messages: told(session, "message").map(({ data }) => data),
      opens: told(session, "open").length,
    };
  });
  expect(seen.revived).toEqual([0, true]);
  expect(seen.replaced).toEqual({ cause: "user", willReconnect: true });
  expect(seen.messages).toEqual(["revived", "replaced", "kept"]);
  expect(seen.open, "at most one live socket").toBe(1);
  expect(seen.opens).toBe(4);
});

test("at most one live socket, however often reconnect() is called", async ({ blank, server, client }) => {
  const { states, answer, live } = await blank.evaluate(async () => {
    const session = connect("/echo", { WebSocket: Spy });
    let live = 0;
    const look = () => {
      live = Math.max(live, Spy.all.filter(({ readyState }) => readyState < 2).length);
    };
    for (let round = 0; round < 10; round++) {
      session.reconnect();
      look();
    }
    await opened(session);
    for (let round = 0; round < 10; round++) {
      session.reconnect();
      look();
      if (round % 3 === 0) await opened(session);
      look();
    }
    const answer = await echoed(await opened(session), "hello");
    await until(() => Spy.all.filter(({ readyState }) => readyState !== 3).length === 1);
    return { states: Spy.all.map(({ readyState }) => readyState), answer, live };
  });
  const openAtServer = async () => {
    const [opens, closes] = await Promise.all(["open", "close"].map((event) => server.logged(client, event)));
    return opens.length - closes.length;
  };
  await expect.poll(openAtServer, "the server agrees").toBe(1);
  expect(live).toBe(1);
  expect(states.at(-1)).toBe(1);
  expect(new Set(states.slice(0, -1))).toEqual(new Set([3]));
  expect(answer).toBe("hello");
});

test("reconnect() also revives a session that the server or its retries ended", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const ended = await opened(connect("/echo"));
    const over = next(ended, "close");
    await fault("close", { code: 4400 });
    await over;
    ended.reconnect();
    await opened(ended);

    const tired = connect(address("/echo", { client: "tired" }), { retries: 1 });
    await opened(tired);
    await fault("refuse", { client: "tired", ms: 600_000, mode: "reject" });
    const givenUp = next(tired, "close", ({ willReconnect }) => !willReconnect);
    await fault("drop", { client: "tired" });
    await givenUp;
    const before = tired.state;
    await fault("clear", { client: "tired" });
    tired.reconnect();
    await opened(tired);
    return [ended.state, before, tired.state, await echoed(tired, "hello")];
  });
  expect(seen).toEqual(["open", "closed", "open", "hello"]);
});

test("startClosed: nothing happens before reconnect()", async ({ blank, server, client }) => {
  const before = await blank.evaluate(async () => {
    globalThis.session = connect("/echo", { startClosed: true });
    // A second session has long been open when the first one would have been, too.
    const control = await opened(connect(address("/echo", { client: "control" })));
    await echoed(control, "hello");
    dispatchEvent(new Event("online"));
    await echoed(control, "hello again");
    return { state: session.state, readyState: session.readyState, told: session.told };
  });
  expect(before).toEqual({ state: "idle", readyState: 3, told: [] });
  expect(await server.log(client)).toEqual([]);
  const after = await blank.evaluate(async () => {
    session.reconnect();
    const { readyState } = session;
    const { reconnected } = await next(session, "open");
    return { readyState, reconnected, answer: await echoed(session, "hello") };
  });
  expect(after).toEqual({ readyState: 0, reconnected: false, answer: "hello" });
});

test("signal closes the session when aborted, and nothing revives it then", async ({
  blank,
  server,
  client,
}) => {
  const seen = await blank.evaluate(async () => {
    const controller = new AbortController();
    const session = await opened(connect("/echo", { signal: controller.signal }));
    const over = next(session, "close");
    controller.abort();
    const { cause, willReconnect } = await over;
    session.reconnect();
    const early = connect(address("/echo", { client: "early" }), { signal: AbortSignal.abort() });
    early.reconnect();
    const control = await opened(connect(address("/echo", { client: "control" })));
    await echoed(control, "hello");
    return {
      end: { cause, willReconnect },
      states: [session.readyState, early.readyState],
      opens: told(session, "open").length + told(early, "open").length,
    };
  });
  expect(seen).toEqual({ end: { cause: "user", willReconnect: false }, states: [3, 3], opens: 1 });
  expect(await server.logged(client, "handshake")).toHaveLength(1);
  expect(await server.log("early")).toEqual([]);
});

test("Symbol.dispose and Symbol.asyncDispose end the session", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    if (!Symbol.dispose || !Symbol.asyncDispose) return "the browser has no explicit resource management";
    const one = await opened(connect("/echo"));
    const over = next(one, "close");
    one[Symbol.dispose]();
    await over;
    const two = await opened(connect("/echo"));
    await two[Symbol.asyncDispose]();
    return [one.state, two.state];
  });
  expect(seen).toEqual(["closed", "closed"]);
});
