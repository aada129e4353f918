import { expect, TOLERANCE_MS, test } from "../support/faulty.mjs";

const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 600;
/** Nothing but a wake brings anything about: the next heartbeat and the next attempt are far away. */
const PATIENT = {
  heartbeat: { message: "ping", reply: "pong", interval: HOUR_MS, timeout: TIMEOUT_MS },
  backoff: { min: HOUR_MS, max: HOUR_MS },
  connectTimeout: HOUR_MS,
};

/**
 * What may wake a page. Switching the network off and on is driven from outside; in both browsers it leaves an open
 * connection alone. The other events are dispatched in the page: a headless page is always visible and focused.
 */
const WAKES = {
  "network off and on": async (page, context) => {
    const online = page.evaluate(
      () => new Promise((done) => addEventListener("online", done, { once: true })),
    );
    await context.setOffline(true);
    await context.setOffline(false);
    await online;
  },
  online: (page) => page.evaluate(() => dispatchEvent(new Event("online"))),
  visible: (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
  "shown from the page cache": (page) =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))),
  "window focused": (page) => page.evaluate(() => dispatchEvent(new Event("focus"))),
  resumed: (page) => page.evaluate(() => document.dispatchEvent(new Event("resume"))),
};

test("a wake asks at once: a connection that died meanwhile is left within the timeout, not the interval", async ({
  blank,
  context,
  echo,
  path,
  server,
  client,
}) => {
  await blank.evaluate(
    async ([url, options]) => {
      globalThis.session = await opened(connect(url, options));
      await echoed(session, "hello");
    },
    [echo, PATIENT],
  );
  for (const [wake, bringAbout] of Object.entries(WAKES)) {
    path.swallow();
    await blank.evaluate(() => {
      globalThis.left = next(session, "close").then(({ cause }) => ({ cause, at: Date.now() }));
      globalThis.back = next(session, "open");
    });
    const before = Date.now();
    await bringAbout(blank, context);
    const woken = Date.now();
    const { cause, at } = await blank.evaluate(() => left);
    await blank.evaluate(() => back);
    expect(cause, wake).toBe("heartbeat-timeout");
    expect(at - before, wake).toBeGreaterThanOrEqual(TIMEOUT_MS - 20);
    expect(at - woken, wake).toBeLessThanOrEqual(TIMEOUT_MS + TOLERANCE_MS);
    expect(await blank.evaluate(() => echoed(session, "hello again")), wake).toBe("hello again");
  }
  expect(await server.logged(client, "open")).toHaveLength(1 + Object.keys(WAKES).length);
});

test("what is focused within the page is no wake", async ({ blank, echo, server, client }) => {
  await blank.evaluate(
    async ([url, options]) => {
      globalThis.session = await opened(connect(url, { ...options, WebSocket: Spy }));
      const field = document.body.appendChild(document.createElement("input"));
      const focused = next(field, "focus");
      field.focus();
      await focused;
      await echoed(session, "hello");
    },
    [echo, PATIENT],
  );
  expect(await blank.evaluate(() => Spy.all.flatMap(({ sent }) => sent))).toEqual(["hello"]);
  expect(await server.logged(client, "open")).toHaveLength(1);
});

test("a wake with a living connection costs one question, and no more", async ({
  blank,
  context,
  echo,
  server,
  client,
}) => {
  await blank.evaluate(
    async ([url, options]) => {
      globalThis.session = await opened(connect(url, { ...options, WebSocket: Spy }));
    },
    [echo, PATIENT],
  );
  for (const [index, bringAbout] of Object.values(WAKES).entries()) {
    await bringAbout(blank, context);
    const seen = await blank.evaluate(async (count) => {
      await until(() => told(session, "latency").length >= count, "an answer");
      return { asked: Spy.all[0].sent.length, closes: told(session, "close") };
    }, index + 1);
    expect(seen).toEqual({ asked: index + 1, closes: [] });
  }
  expect(await server.logged(client, "handshake")).toHaveLength(1);
});

test("a wake dials at once instead of waiting for the retry, and once however many wakes come", async ({
  blank,
  context,
  echo,
  path,
}) => {
  await blank.evaluate(
    async ([url, options]) => {
      globalThis.session = await opened(connect(url, options));
    },
    [echo, PATIENT],
  );
  for (const [wake, bringAbout] of Object.entries(WAKES)) {
    await blank.evaluate(() => {
      globalThis.waiting = next(session, "retry");
    });
    path.refuse();
    path.reset();
    await blank.evaluate(() => waiting);
    expect(await blank.evaluate(() => session.state)).toBe("waiting");
    await path.listen();
    const { accepted } = path;
    await blank.evaluate(() => {
      globalThis.back = next(session, "open").then(() => Date.now());
    });
    await bringAbout(blank, context);
    const woken = Date.now();
    await WAKES.visible(blank);
    await WAKES.online(blank);
    const at = await blank.evaluate(() => back);
    expect(at - woken, wake).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(await blank.evaluate(() => echoed(session, "hello")), wake).toBe("hello");
    expect(path.accepted, wake).toBe(accepted + 1);
  }
});

test("a session that the user closed stays closed, whatever wakes the page", async ({
  blank,
  context,
  echo,
  path,
}) => {
  await blank.evaluate(
    async ([url, options]) => {
      const whileOpen = await opened(connect(url, options));
      const whileWaiting = connect(url, { ...options, WebSocket: Refused });
      await next(whileWaiting, "retry");
      globalThis.sessions = { whileOpen, whileWaiting };
    },
    [echo, PATIENT],
  );
  path.greet = (connection) => connection.swallow();
  const before = await blank.evaluate(
    async ([url, options]) => {
      sessions.whileConnecting = connect(url, { ...options, closeTimeout: 100 });
      await until(() => sessions.whileConnecting.state === "connecting");
      for (const session of Object.values(sessions)) session.close(1000);
      await until(() => Object.values(sessions).every(({ state }) => state === "closed"));
      return Object.values(sessions).map((session) => session.stats().attempts);
    },
    [echo, PATIENT],
  );
  path.greet = () => {};
  const { accepted } = path;
  for (const bringAbout of Object.values(WAKES)) await bringAbout(blank, context);
  // One that comes after them all: had a closed one dialled, it would have been accepted before.
  const seen = await blank.evaluate(
    async ([url, options]) => {
      await echoed(await opened(connect(url, options)), "hello");
      return Object.values(sessions).map((session) => [session.state, session.stats().attempts]);
    },
    [echo, PATIENT],
  );
  expect(seen).toEqual(before.map((attempts) => ["closed", attempts]));
  expect(path.accepted).toBe(accepted + 1);
});

test("a young handshake is left in peace by a wake", async ({ blank, context, echo, path }) => {
  path.greet = (connection) => connection.delay(700);
  await blank.evaluate(
    ([url, options]) => {
      globalThis.session = connect(url, options);
    },
    [echo, PATIENT],
  );
  await expect.poll(() => path.accepted, { intervals: [10] }).toBe(1);
  for (const bringAbout of Object.values(WAKES)) await bringAbout(blank, context);
  await blank.evaluate(() => opened(session));
  expect(path.accepted).toBe(1);
});
