import { expect, test } from "../support/test.mjs";

const HEARTBEAT = { message: "ping", reply: "pong", interval: 2000, timeout: 1000 };

test("an endpoint gone silent: on a fresh socket within 3.5 s, though the old one's close is not answered", async ({
  blank,
  server,
  client,
}) => {
  const seen = await blank.evaluate(async (heartbeat) => {
    // The first delay is random: 2 s of silence, 1 s without an answer and a delay up to this make less than 3.5 s.
    const session = connect("/echo", { heartbeat, WebSocket: Spy, backoff: { min: 250 } });
    await opened(session);
    await echoed(session, "hello");
    const lastSign = performance.now();
    await fault("silent");
    const reopened = next(session, "open");
    const { cause, code, wasClean, willReconnect } = await next(session, "close");
    const lostAfter = performance.now() - lastSign;
    const { reconnected } = await reopened;
    const backAfter = performance.now() - lastSign;
    const old = Spy.all[0].readyState;
    const log = await serverLog();
    const answer = await echoed(session, "hello again");
    return {
      end: { cause, code, wasClean, willReconnect },
      lostAfter,
      backAfter,
      reconnected,
      old,
      log,
      answer,
      sockets: Spy.all.length,
      messages: told(session, "message").map(({ data }) => data),
    };
  }, HEARTBEAT);
  expect(seen.end).toMatchObject({ cause: "heartbeat-timeout", wasClean: false, willReconnect: true });
  expect(seen.lostAfter).toBeGreaterThanOrEqual(2900);
  expect(seen.backAfter).toBeLessThan(3500);
  expect(seen.reconnected).toBe(true);
  expect(seen.old, "the old socket still waits for its close to be answered").toBe(2);
  const [first, second] = seen.log
    .filter(({ event }) => event === "open")
    .map(({ connection }) => connection);
  expect(second).toBeGreaterThan(first);
  expect(seen.log.filter(({ event }) => event === "close")).toEqual([]);
  expect(seen.messages).toEqual(["hello", "hello again"]);
  expect(seen.sockets).toBe(2);
  expect(await server.logged(client, "open")).toHaveLength(2);
});

test("late events of an abandoned socket change nothing", async ({ blank }) => {
  const { after, told } = await blank.evaluate(async () => {
    const session = connect("/echo", {
      heartbeat: { message: "ping", reply: "pong", interval: 100, timeout: 600 },
      WebSocket: Spy,
    });
    await opened(session);
    const reopened = next(session, "open");
    await fault("silent");
    await reopened;
    const count = session.told.length;
    const old = Spy.all[0];
    old.dispatchEvent(new MessageEvent("message", { data: "from the grave" }));
    old.dispatchEvent(new Event("error"));
    old.dispatchEvent(new CloseEvent("close", { code: 4400, reason: "late" }));
    old.dispatchEvent(new Event("open"));
    await echoed(session, "alive");
    const told = session.told.slice(count).filter(({ type }) => type !== "latency");
    return { after: session.state, told };
  });
  expect(after).toBe("open");
  expect(told).toMatchObject([{ type: "message", data: "alive" }]);
});

test("a heartbeat gives latency, and its reply is not delivered", async ({ blank }) => {
  const { latencies, stats, messages, pings, closes } = await blank.evaluate(async () => {
    const session = connect("/echo", {
      heartbeat: { message: "ping", reply: "pong", interval: 60, timeout: 2000 },
      WebSocket: Spy,
    });
    await opened(session);
    await until(() => told(session, "latency").length >= 3);
    await fault("delay", { ms: 120 });
    await next(session, "latency");
    await next(session, "latency");
    const stats = session.stats();
    await echoed(session, "pong?");
    return {
      latencies: told(session, "latency").map(({ rtt }) => rtt),
      stats,
      messages: told(session, "message").map(({ data }) => data),
      pings: Spy.all[0].sent.filter((data) => data === "ping").length,
      closes: told(session, "close").length,
    };
  });
  for (const rtt of latencies) expect(rtt).toBeGreaterThanOrEqual(0);
  expect(Math.min(...latencies)).toBeLessThan(stats.latency);
  expect(stats.latency, "with the server's delay of 120 ms").toBeGreaterThan(115);
  expect(stats.latency).toBeLessThan(2000);
  expect(latencies).toContain(stats.latency);
  expect(pings).toBeGreaterThanOrEqual(latencies.length);
  expect(messages).toEqual(["pong?"]);
  expect(closes).toBe(0);
});

test("message and reply may be functions; without a reply any answer proves life and is delivered", async ({
  blank,
}) => {
  const { counted, plain, short } = await blank.evaluate(async () => {
    let beats = 0;
    const counted = await opened(
      connect("/echo", {
        heartbeat: {
          message: () => `beat ${++beats}`,
          reply: (data) => typeof data === "string" && data.startsWith("beat "),
          interval: 50,
        },
      }),
    );
    const plain = await opened(
      connect("/echo", { heartbeat: { message: "ping", interval: 50, timeout: 1000 } }),
    );
    const short = await opened(connect("/echo", { heartbeat: "ping" }));
    await until(() => told(counted, "latency").length >= 3);
    await until(() => told(plain, "message").length >= 3);
    await echoed(counted, "data");
    return {
      counted: { beats, messages: told(counted, "message").map(({ data }) => data) },
      plain: { messages: told(plain, "message").map(({ data }) => data), latencies: told(plain, "latency") },
      short: short.state,
    };
  });
  expect(counted.beats).toBeGreaterThanOrEqual(3);
  expect(counted.messages).toEqual(["data"]);
  expect(new Set(plain.messages)).toEqual(new Set(["pong"]));
  expect(plain.latencies).toEqual([]);
  expect(short).toBe("open");
});

test("any message proves life: a busy connection is never asked", async ({ blank }) => {
  const { heard, asked, idleAsked, closes } = await blank.evaluate(async () => {
    const heartbeat = { message: "ping", reply: "pong", interval: 1000, timeout: 5000 };
    const ticker = await opened(connect("/ticker", { heartbeat, WebSocket: Spy }));
    const [socket] = Spy.all;
    const idle = await opened(connect("/echo", { heartbeat, WebSocket: Spy }));
    // The control: the idle one beside it is asked.
    await next(idle, "latency");
    return {
      heard: told(ticker, "message").length,
      asked: socket.sent.length,
      idleAsked: Spy.all[1].sent.length,
      closes: told(ticker, "close").length,
    };
  });
  expect(idleAsked).toBeGreaterThanOrEqual(1);
  expect(heard).toBeGreaterThanOrEqual(5);
  expect(asked).toBe(0);
  expect(closes).toBe(0);
});

test("an answer that is not the reply proves life too", async ({ blank }) => {
  const { closes, lived, messages } = await blank.evaluate(async () => {
    const session = await opened(
      connect("/echo", { heartbeat: { message: "hello?", reply: "never said", interval: 60, timeout: 600 } }),
    );
    const control = await opened(
      connect(address("/echo", { client: "control" }), {
        heartbeat: { message: "ping", interval: 60, timeout: 600 },
      }),
    );
    await until(() => told(session, "message").length >= 4);
    // The same heartbeat, unanswered, does cost the connection.
    const lost = next(control, "close");
    await fault("silent", { client: "control" });
    const { cause } = await lost;
    return { closes: told(session, "close"), lived: cause, messages: told(session, "message")[0].data };
  });
  expect(lived).toBe("heartbeat-timeout");
  expect(closes).toEqual([]);
  expect(messages).toBe("hello?");
});

test("a page that was blocked does not judge the connection by its late timers", async ({ blank }) => {
  const { closes, late, answer } = await blank.evaluate(async () => {
    const session = await opened(
      connect("/echo", { heartbeat: { message: "ping", reply: "pong", interval: 100, timeout: 500 } }),
    );
    await next(session, "latency");
    for (let round = 0; round < 2; round++) {
      const end = performance.now() + 900;
      while (performance.now() < end);
      await next(session, "latency");
    }
    const late = told(session, "latency").length;
    return { closes: told(session, "close"), late, answer: await echoed(session, "hello") };
  });
  expect(closes).toEqual([]);
  expect(late).toBeGreaterThanOrEqual(3);
  expect(answer).toBe("hello");
});
