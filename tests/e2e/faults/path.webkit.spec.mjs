import { readFile } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import { TcpProxy } from "../support/proxy.mjs";
import { DemoServer } from "../support/server.mjs";
import { Browser } from "../support/webdriver.mjs";

const PING = { message: "ping", reply: "pong" };
/** For what a busy machine adds. */
const TOLERANCE_MS = 700;

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  server: async ({}, use) => {
    const server = await DemoServer.start();
    await use(server);
    await server.kill();
  },
  path: async ({ server }, use) => {
    const path = await TcpProxy.start(server.port);
    await use(path);
    await path.stop();
  },
  /** A browser with a page of the demo server, and what in-page.js defines in it. */
  webkit: async ({ server }, use) => {
    const browser = await Browser.start("webkit");
    await browser.open(`${server.origin}/healthz`);
    const helpers = await readFile(new URL("../support/in-page.js", import.meta.url), "utf8");
    await browser.run(async (text) => {
      globalThis.client = "me";
      const script = Object.assign(document.createElement("script"), { type: "module", textContent: text });
      document.head.append(script);
      while (!globalThis.scripts) await new Promise((resolve) => setTimeout(resolve, 5));
    }, helpers);
    await use(browser);
    await browser.end();
  },
});
test.describe.configure({ timeout: 90_000 });

const FAULTS = [
  ["reset", [], "connection-lost"],
  ["end", [], "connection-lost"],
  ["swallow", ["both"], "heartbeat-timeout"],
  ["swallow", ["up"], "heartbeat-timeout"],
  ["swallow", ["down"], "heartbeat-timeout"],
  ["hold", ["both"], "heartbeat-timeout"],
];

test("each fault of the path: why and when the connection is left, and that the next one works", async ({
  webkit: browser,
  path,
}) => {
  await browser.run(
    async (url, heartbeat) => {
      globalThis.session = await opened(connect(url, { heartbeat, backoff: { min: 20, max: 200 } }));
    },
    `${path.origin}/echo`,
    { ...PING, interval: 600, timeout: 900 },
  );
  for (const [fault, directions, cause] of FAULTS) {
    const name = [fault, ...directions].join(" ");
    await browser.run(async () => {
      await echoed(session, "before");
      globalThis.left = next(session, "close").then(({ cause }) => ({ cause, at: Date.now() }));
      globalThis.back = next(session, "open").then(() => Date.now());
    });
    const struck = Date.now();
    path[fault](...directions);
    const seen = await browser.run(async () => ({
      ...(await left),
      back: await back,
      answer: await echoed(session, "after"),
    }));
    expect(seen, name).toMatchObject({ cause, answer: "after" });
    const bound = cause === "heartbeat-timeout" ? 1500 : 0;
    expect(seen.at - struck, name).toBeLessThanOrEqual(bound + TOLERANCE_MS);
    expect(seen.back - seen.at, name).toBeLessThanOrEqual(200 + TOLERANCE_MS);
  }
});

// Dispatched in the page: its driver switches no network, and the page is always visible and focused.
const WAKES = {
  online: () => dispatchEvent(new Event("online")),
  visible: () => document.dispatchEvent(new Event("visibilitychange")),
  "window focused": () => dispatchEvent(new Event("focus")),
  "shown from the page cache": () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })),
};

test("a wake asks at once, and leaves alone what the user closed", async ({
  webkit: browser,
  path,
  server,
}) => {
  await browser.run(
    async (url, options) => {
      globalThis.session = await opened(connect(url, options));
      globalThis.byUser = await opened(connect(address("/echo", { client: "closed" })));
      const over = next(byUser, "close");
      byUser.close(1000);
      await over;
    },
    `${path.origin}/echo`,
    {
      heartbeat: { ...PING, interval: 3_600_000, timeout: 600 },
      backoff: { min: 3_600_000, max: 3_600_000 },
    },
  );
  for (const [name, wake] of Object.entries(WAKES)) {
    path.swallow();
    const seen = await browser.run(`async () => {
      const left = next(session, "close");
      const back = next(session, "open");
      const woken = Date.now();
      (${wake})();
      const { cause } = await left;
      const took = Date.now() - woken;
      await back;
      return { cause, took, answer: await echoed(session, "hello"), closed: byUser.state };
    }`);
    expect(seen, name).toMatchObject({ cause: "heartbeat-timeout", answer: "hello", closed: "closed" });
    expect(seen.took, name).toBeLessThanOrEqual(600 + TOLERANCE_MS);
  }
  expect(await server.logged("closed", "handshake")).toHaveLength(1);
});

test("a handshake that is never answered costs the connect timeout, and a wake less", async ({
  webkit: browser,
  path,
}) => {
  path.greet = (connection) => connection.swallow();
  const took = await browser.run(async (url) => {
    globalThis.session = connect(url, { connectTimeout: 700, backoff: { min: 3_600_000, max: 3_600_000 } });
    const begin = Date.now();
    const { cause } = await next(session, "close");
    return { cause, took: Date.now() - begin };
  }, `${path.origin}/echo`);
  expect(took.cause).toBe("connect-timeout");
  expect(took.took).toBeLessThanOrEqual(700 + TOLERANCE_MS);
  path.greet = () => {};
  const answer = await browser.run(async () => {
    dispatchEvent(new Event("online"));
    await opened(session);
    return echoed(session, "hello");
  });
  expect(answer).toBe("hello");
});
