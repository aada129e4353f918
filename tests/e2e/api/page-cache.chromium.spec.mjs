import { expect, test } from "../support/test.mjs";

// Chromium only: an open socket keeps a page out of Firefox's cache, and closing in `pagehide` comes too late there.
// Playwright switches the back/forward cache off.
test.use({
  launchOptions: {
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  },
});

async function expectRestored(page) {
  await page.waitForFunction(() => globalThis.shown?.length > 0);
  const seen = await page.evaluate(() => ({
    shown,
    why: performance.getEntriesByType("navigation")[0].notRestoredReasons,
  }));
  expect(seen).toEqual({ shown: [true], why: null });
}

async function watchPageShow(page) {
  await page.evaluate(() => {
    globalThis.shown = [];
    addEventListener("pageshow", ({ persisted }) => shown.push(persisted));
  });
}

test("coming back through the page cache reconnects, and what waited is sent", async ({
  blank,
  server,
  client,
}) => {
  await watchPageShow(blank);
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo", { backoff: { min: 3_600_000, max: 3_600_000 } }));
    addEventListener("pagehide", () => session.send("sent while leaving"));
  });
  await blank.goto(`${server.origin}/style.css`);
  await expect
    .poll(() => server.logged(client, "close"))
    .toMatchObject([{ code: 1000, reason: "page hidden" }]);
  await blank.goBack({ waitUntil: "commit" });
  await expectRestored(blank);
  const seen = await blank.evaluate(async () => {
    await opened(session);
    await echoed(session, "back");
    return {
      path: told(session, "statechange").map(({ to }) => to),
      suspended: told(session, "statechange").find(({ to }) => to === "suspended").readyState,
      closes: told(session, "close").map(({ cause, willReconnect }) => ({ cause, willReconnect })),
      opens: told(session, "open").map(({ reconnected }) => reconnected),
      messages: told(session, "message").map(({ data }) => data),
    };
  });
  const path = seen.path.filter((state) => state !== "resolving" && state !== "connecting");
  expect(path).toEqual(["open", "suspended", "open"]);
  expect(seen.suspended, "readyState between two connections").toBe(0);
  expect(seen.closes).toEqual([{ cause: "page-hidden", willReconnect: true }]);
  expect(seen.opens).toEqual([false, true]);
  expect(seen.messages).toEqual(["sent while leaving", "back"]);
  expect(await server.logged(client, "open")).toHaveLength(2);
});

test("a worker that keeps the time does not keep the page out of the cache", async ({ blank, server }) => {
  await watchPageShow(blank);
  await blank.evaluate(async () => {
    const heartbeat = { message: "ping", reply: "pong", interval: 100, timeout: 5000, worker: true };
    globalThis.session = await opened(connect("/echo", { heartbeat }));
    await next(session, "latency");
  });
  await blank.goto(`${server.origin}/style.css`);
  await blank.goBack({ waitUntil: "commit" });
  await expectRestored(blank);
  await blank.evaluate(async () => {
    await opened(session);
    await next(session, "latency");
  });
});

test("again and again through the page cache, and never a 1006", async ({ blank, server, client }) => {
  await watchPageShow(blank);
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo"));
  });
  for (let round = 1; round <= 3; round++) {
    await blank.goto(`${server.origin}/style.css`);
    await expect.poll(() => server.logged(client, "close")).toHaveLength(round);
    await blank.goBack({ waitUntil: "commit" });
    await blank.waitForFunction((round) => globalThis.shown?.length === round, round);
    await blank.evaluate(async () => echoed(await opened(session), "back"));
  }
  expect(await blank.evaluate(() => shown)).toEqual([true, true, true]);
  const closes = await server.logged(client, "close");
  expect(closes.map(({ code, reason }) => [code, reason])).toEqual(Array(3).fill([1000, "page hidden"]));
});

test("a session that the user had closed stays closed when the page comes back", async ({
  blank,
  server,
  client,
}) => {
  await watchPageShow(blank);
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo"));
    const over = next(session, "close");
    session.close(1000, "done");
    await over;
    globalThis.count = session.told.length;
    globalThis.control = await opened(connect(address("/echo", { client: "control" })));
  });
  await blank.goto(`${server.origin}/style.css`);
  await expect.poll(() => server.logged("control", "close")).toHaveLength(1);
  await blank.goBack({ waitUntil: "commit" });
  await expectRestored(blank);
  const seen = await blank.evaluate(async () => {
    // The control, in the same page, does come back.
    await echoed(await opened(control), "back");
    return { state: session.state, news: session.told.slice(count) };
  });
  expect(seen).toEqual({ state: "closed", news: [] });
  expect(await server.logged(client, "handshake")).toHaveLength(1);
  expect(await server.logged("control", "open")).toHaveLength(2);
});

test("a session that was closing when the page was left stays closed", async ({ blank, server, client }) => {
  await watchPageShow(blank);
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo"));
    addEventListener("pagehide", () => session.close(1000, "by the user"));
    globalThis.control = await opened(connect(address("/echo", { client: "control" })));
  });
  await blank.goto(`${server.origin}/style.css`);
  await expect.poll(() => server.logged("control", "close")).toHaveLength(1);
  await expect.poll(() => server.logged(client, "close")).toHaveLength(1);
  await blank.goBack({ waitUntil: "commit" });
  await expectRestored(blank);
  await blank.evaluate(async () => {
    await echoed(await opened(control), "back");
    await until(() => session.readyState === 3);
  });
  expect(await server.logged(client, "handshake")).toHaveLength(1);
  expect(await server.logged(client, "close")).toMatchObject([{ code: 1000 }]);
});
