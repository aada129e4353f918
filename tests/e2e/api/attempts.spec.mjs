import { expect, test } from "../support/test.mjs";

test("a handshake that is never answered is given up after connectTimeout, and retried until connected", async ({
  blank,
}) => {
  const { closes, gaps, log, answer, kinds, states } = await blank.evaluate(async () => {
    await fault("refuse", { ms: 600_000, mode: "hang" });
    const start = performance.now();
    const session = connect("/echo", { connectTimeout: 400, WebSocket: Spy });
    session.send("waited");
    await next(session, "close");
    await next(session, "close");
    await fault("clear");
    await opened(session);
    const answer = await echoed(session, "hello");
    const closes = told(session, "close");
    const starts = told(session, "statechange").filter(({ to }) => to === "connecting");
    const gaps = closes.map(({ at }, index) => at - (index === 0 ? start : starts[index - 1].at));
    const kinds = session.told
      .filter(({ type }) => ["error", "close", "retry", "open"].includes(type))
      .map(({ type }) => type);
    const states = Spy.all.map(({ readyState }) => readyState);
    return { closes, gaps, log: await serverLog(), answer, kinds, states };
  });
  for (const close of closes) {
    expect(close).toMatchObject({
      cause: "connect-timeout",
      code: 1006,
      wasClean: false,
      willReconnect: true,
    });
    expect(close.readyState).toBe(0);
  }
  for (const gap of gaps) {
    expect(gap).toBeGreaterThanOrEqual(390);
    expect(gap).toBeLessThan(1500);
  }
  const refusals = log.filter(({ event }) => event === "refused");
  expect(refusals.length).toBeGreaterThanOrEqual(1);
  for (const { reason } of refusals) expect(reason).toBe("hang");
  expect(states, "those given up are closed, one is open").toEqual([...closes.map(() => 3), 1]);
  expect(answer).toBe("hello");
  expect(kinds.filter((type) => type === "retry")).toHaveLength(closes.length);
  expect(kinds.at(-1)).toBe("open");
});

test("a URL function that rejects: a failed attempt with its error; the next attempt asks again and connects", async ({
  blank,
}) => {
  const { seen, asked } = await blank.evaluate(async () => {
    const problem = new Error("no token for you");
    let asked = 0;
    const session = connect(async () => {
      if (++asked <= 2) throw problem;
      return address("/echo");
    });
    const seen = [];
    session.onclose = (event) => {
      const { cause, code, wasClean, willReconnect } = event;
      seen.push({
        cause,
        code,
        wasClean,
        willReconnect,
        error: event.error === problem,
        state: session.readyState,
      });
    };
    session.send("waited");
    await opened(session);
    await until(() => told(session, "message").length === 1);
    return { seen, asked };
  });
  expect(asked).toBe(3);
  const failure = {
    cause: "url-failed",
    code: 1006,
    wasClean: false,
    willReconnect: true,
    error: true,
    state: 0,
  };
  expect(seen).toEqual([failure, failure]);
});

test("a URL function that throws: a failed attempt, told to those who listen after the constructor", async ({
  blank,
}) => {
  const { closes, asked, opens } = await blank.evaluate(async () => {
    const problem = new TypeError("no token");
    let asked = 0;
    const session = new SteadySocket(
      () => {
        if (++asked <= 2) throw problem;
        return address("/echo");
      },
      [],
      { backoff: { min: 20, max: 100 } },
    );
    listenTo(session);
    const closes = [];
    session.onclose = (event) => {
      closes.push({ cause: event.cause, again: event.willReconnect, error: event.error === problem });
    };
    await opened(session);
    return { closes, asked, opens: told(session, "open").length };
  });
  expect(asked).toBe(3);
  expect(opens).toBe(1);
  const failure = { cause: "url-failed", again: true, error: true };
  expect(closes).toEqual([failure, failure]);
});

test("a URL function that gives no URL, or rejects with no Error: likewise", async ({ blank }) => {
  const { closes, connected } = await blank.evaluate(async () => {
    const answers = ["https://[", "ftp://example.com/", "/echo#fragment", "/echo#", null, undefined];
    const session = connect(async () => {
      if (answers.length > 0) return answers.shift();
      if (session.stats().attempts < 8) return Promise.reject("not even an Error");
      return address("/echo");
    });
    const closes = [];
    session.onclose = (event) =>
      closes.push({ cause: event.cause, again: event.willReconnect, error: event.error });
    await opened(session);
    return {
      closes: closes.map(({ cause, again, error }) => [cause, again, error?.name ?? error]),
      connected: session.url,
    };
  });
  const noUrl = ["url-failed", true, "SyntaxError"];
  const nothing = ["url-failed", true, "TypeError"];
  const refused = ["url-failed", true, "not even an Error"];
  expect(closes).toEqual([noUrl, noUrl, noUrl, noUrl, nothing, nothing, refused]);
  expect(connected).toContain("/echo");
});

test("a URL function that never settles fails after urlTimeout; a late answer is not used", async ({
  blank,
  server,
  client,
}) => {
  const { close, gap, asked } = await blank.evaluate(async () => {
    let answerLate;
    let asked = 0;
    const start = performance.now();
    const session = connect(
      () => {
        asked++;
        if (asked > 1) return address("/echo");
        return new Promise((resolve) => {
          answerLate = resolve;
        });
      },
      { urlTimeout: 300 },
    );
    const { cause, willReconnect, error } = await next(session, "close");
    const gap = performance.now() - start;
    await opened(session);
    answerLate(address("/echo", { client: "late" }));
    await echoed(session, "hello");
    await echoed(session, "again");
    return { close: { cause, willReconnect, error }, gap, asked };
  });
  expect(close).toMatchObject({ cause: "url-failed", willReconnect: true });
  expect(gap).toBeGreaterThanOrEqual(290);
  expect(gap).toBeLessThan(1500);
  expect(asked).toBe(2);
  expect(await server.logged(client, "handshake")).toHaveLength(1);
  expect(await server.log("late")).toEqual([]);
});

test("a failing function for the subprotocols fails the attempt likewise", async ({ blank }) => {
  const { close, protocol } = await blank.evaluate(async () => {
    let asked = 0;
    const problem = new Error("no protocols");
    const session = connect("/echo", {}, () => {
      return ++asked === 1 ? Promise.reject(problem) : ["second"];
    });
    const { cause, error } = await next(session, "close");
    await opened(session);
    return { close: { cause, error: error === problem }, protocol: session.protocol };
  });
  expect(close).toEqual({ cause: "url-failed", error: true });
  expect(protocol).toBe("second");
});

test("a refused handshake: never-opened, error before close before retry, and connected in the end", async ({
  blank,
}) => {
  const { kinds, closes, answer } = await blank.evaluate(async () => {
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const session = connect("/echo");
    for (let failures = 0; failures < 3; failures++) await next(session, "retry");
    await fault("clear");
    const answer = await echoed(await opened(session), "hello");
    const kinds = session.told.map(({ type }) => type);
    return { kinds: kinds.filter((type) => type !== "statechange"), closes: told(session, "close"), answer };
  });
  expect(closes.length).toBeGreaterThanOrEqual(3);
  for (const close of closes) {
    expect(close).toMatchObject({ cause: "never-opened", code: 1006, wasClean: false, willReconnect: true });
  }
  const rounds = closes.flatMap(() => ["error", "close", "retry"]);
  expect(kinds).toEqual([...rounds, "open", "message"]);
  expect(answer).toBe("hello");
});

test("delays lie between zero and a doubling ceiling, differ, and after so many retries the session gives up", async ({
  blank,
}) => {
  const sessions = await blank.evaluate(async () => {
    const options = { backoff: { min: 40, max: 160 }, retries: 5, WebSocket: Refused };
    const all = Array.from({ length: 30 }, () => connect("/echo", options));
    await until(() => all.every(({ readyState }) => readyState === 3));
    return all.map((session) => ({
      retries: told(session, "retry").map(({ attempt, delay, cause }) => ({ attempt, delay, cause })),
      closes: told(session, "close").map(({ cause, code, willReconnect }) => ({
        cause,
        code,
        willReconnect,
      })),
      starts: told(session, "statechange")
        .filter(({ to }) => to === "connecting")
        .map(({ at }) => at),
    }));
  });
  const ceilings = [40, 80, 160, 160, 160];
  const delays = [];
  for (const { retries, closes, starts } of sessions) {
    expect(retries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    for (const [index, { delay, cause }] of retries.entries()) {
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(ceilings[index]);
      // From the attempt before: by the time that a listener hears of the delay, it may have been running for a while.
      const wait = starts[index] - (starts[index - 1] ?? 0);
      expect(wait, "the announced delay is waited").toBeGreaterThanOrEqual(delay - 2);
      expect(cause).toBe("never-opened");
      delays.push(delay);
    }
    const end = { cause: "never-opened", code: 1006 };
    expect(closes).toEqual([
      ...Array(5).fill({ ...end, willReconnect: true }),
      { ...end, willReconnect: false },
    ]);
  }
  expect(new Set(delays).size, "jitter").toBeGreaterThan(140);
  expect(
    delays.filter((delay) => delay === 160),
    "none is clamped to the cap",
  ).toEqual([]);
  const capped = sessions.flatMap(({ retries }) => retries.slice(2).map(({ delay }) => delay));
  expect(
    capped.some((delay) => delay < 60),
    "full jitter at the cap, too",
  ).toBe(true);
  expect(
    capped.some((delay) => delay > 100),
    "full jitter at the cap, too",
  ).toBe(true);
});

test("stableAfter, not open, resets the count of attempts", async ({ blank }) => {
  const { flapping, stable } = await blank.evaluate(async () => {
    const run = async (client, stableAfter) => {
      const session = connect(address("/echo", { client }), { backoff: { min: 20, max: 100, stableAfter } });
      for (let round = 0; round < 3; round++) {
        await opened(session);
        const openSince = performance.now();
        if (stableAfter < 1000) await until(() => performance.now() > openSince + stableAfter + 100);
        const closed = next(session, "close");
        await fault("drop", { client });
        await closed;
      }
      await opened(session);
      return told(session, "retry").map(({ attempt }) => attempt);
    };
    return { flapping: await run("flapping", 600_000), stable: await run("stable", 100) };
  });
  expect(flapping).toEqual(flapping.map((_, index) => index + 1));
  expect(flapping.length).toBeGreaterThanOrEqual(3);
  expect(stable.filter((attempt) => attempt === 1)).toHaveLength(3);
});
