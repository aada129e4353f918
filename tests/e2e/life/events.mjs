import assert from "node:assert/strict";
import { PlaywrightBrowser } from "../support/playwright-browser.mjs";
import { PING, sleep } from "./world.mjs";

const HEARTBEAT = { ...PING, interval: 500, timeout: 1000 };
/** Longer than a heartbeat's interval, its timeout and the lateness that is still believed together. */
const ASLEEP_MS = 4000;
/** For what a busy machine adds. */
const SLACK_MS = 1500;
const QUICK = { heartbeat: HEARTBEAT, backoff: { min: 20, max: 100 } };
/** It does not come back by itself, so that only the page's return brings it. */
const PATIENT = { backoff: { min: 3_600_000, max: 3_600_000 } };

/**
 * What can happen to a page. `run` makes it happen in a world, checks what follows and resolves to `{ server, page }`: what the
 * server saw and what the page did, in words. `through` is another driver than WebDriver. `only` names the browsers that can be driven into it, `elsewhere` says why not the others.
 */
export const EVENTS = [
  {
    name: "hidden, and shown again",
    async run(world) {
      await world.begin(QUICK);
      await world.browser.hide();
      const hidden = Date.now();
      await world.witness.until("message", world.witness.of("message").length + 4);
      await world.browser.show();
      assert.equal(await world.browser.run(() => echoed(session, "still here")), "still here");
      assert.deepEqual(world.witness.of("close"), []);
      assert.deepEqual(await happened(world), ["hidden", "visible"]);
      const { longest } = gaps(world, hidden);
      return {
        server: `nothing; heartbeats go on, ${seconds(longest)} apart at most (interval ${seconds(HEARTBEAT.interval)})`,
        page: words(await happened(world)),
      };
    },
  },
  {
    name: "frozen, and resumed",
    only: ["chromium"],
    elsewhere: "it freezes no pages",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      await world.browser.devtools("Page.setWebLifecycleState", { state: "frozen" });
      await world.witness.until("close");
      await world.browser.devtools("Page.setWebLifecycleState", { state: "active" });
      await world.witness.until("open", 2);
      expectEnds(world, [1000, "page hidden"]);
      await world.browser.run(() => opened(session));
      const page = await happened(world);
      assert.deepEqual(ofSession(page), ["suspended", "close page-hidden", "open"]);
      return { server: world.ends(start), page: words(page) };
    },
  },
  {
    name: "machine asleep, server well",
    async run(world) {
      await asleep(world);
      const woken = Date.now();
      await world.witness.until("message", world.witness.of("message").length + 3);
      assert.deepEqual(world.witness.of("close"), []);
      assert.deepEqual(await happened(world), []);
      const [first] = world.witness.of("message").filter(({ at }) => at >= woken);
      return {
        server: `nothing; the next heartbeat ${first.at - woken} ms after waking`,
        page: "nothing: the same connection goes on",
      };
    },
  },
  {
    name: "machine asleep, meanwhile the path went silent",
    async run(world) {
      await asleep(world, () => world.witness.silence());
      const woken = Date.now();
      const { at } = await world.witness.until("open", 2);
      const [close] = (await world.diary()).filter(({ what }) => what === "close heartbeat-timeout");
      assert.ok(close, "left for want of an answer");
      const left = close.at - woken;
      assert.ok(left <= HEARTBEAT.timeout + SLACK_MS, `left ${left} ms after waking`);
      return {
        server: `no end; a new connection ${at - woken} ms after waking`,
        page: `${words(await happened(world))}; left ${left} ms after waking (timeout ${HEARTBEAT.timeout} ms)`,
      };
    },
  },
  {
    name: "machine asleep, meanwhile the server was killed",
    async run(world) {
      await asleep(world, () => world.witness.kill());
      const woken = Date.now();
      await world.browser.run(() => until(() => told(session, "close").length > 0));
      await world.witness.restart();
      await world.witness.until("open", 2);
      await world.browser.run(() => opened(session));
      const page = await happened(world);
      const [{ what, at }] = (await world.diary()).filter((entry) => entry.what.startsWith("close"));
      assert.equal(what, "close connection-lost");
      assert.ok(at - woken <= HEARTBEAT.timeout + SLACK_MS, `left ${at - woken} ms after waking`);
      assert.equal(page.at(-1), "open");
      return {
        server: "a new connection once it was back",
        page: `${words([...new Set(page)])}; left ${at - woken} ms after waking`,
      };
    },
  },
  {
    name: "the page's process stopped for a while, the browser's not",
    async run(world) {
      await asleep(world, () => {}, { pageOnly: true });
      await world.witness.until("message", world.witness.of("message").length + 3);
      assert.deepEqual(world.witness.of("close"), []);
      assert.deepEqual(await happened(world), []);
      return { server: "nothing; heartbeats go on", page: "nothing: the same connection goes on" };
    },
  },
  {
    name: "left by a link, and back",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      await world.browser.click("a");
      await world.witness.until("close");
      await world.browser.back();
      await world.equipped();
      const returned = await world.browser.run(async () => {
        if (!globalThis.session) return { cached: false };
        await echoed(await opened(session), "back");
        return {
          cached: true,
          why: performance.getEntriesByType("navigation")[0].notRestoredReasons ?? null,
        };
      });
      const page = await happened(world);
      if (world.browser.name === "firefox") {
        expectLeft(world);
        assert.equal(returned.cached, false);
        return { server: world.ends(start), page: `${words(page)}; back: loaded anew` };
      }
      expectEnds(world, [1000, "page hidden"]);
      assert.deepEqual(returned, { cached: true, why: null });
      assert.deepEqual(ofSession(page), ["suspended", "close page-hidden", "open"]);
      return { server: `${world.ends(start)}; back: a new connection`, page: words(page) };
    },
  },
  {
    name: "reloaded",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      await world.browser.reload();
      await world.witness.until("close");
      expectLeft(world);
      return { server: world.ends(start), page: words(await happened(world)) };
    },
  },
  {
    name: "tab closed",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      await world.browser.closeTab();
      await world.witness.until("close");
      expectLeft(world);
      const server = world.ends(start);
      return { server, page: words((await world.diaryLeft()).map(({ what }) => what)) };
    },
  },
  {
    name: "browser quit",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      await world.browser.quit();
      await world.witness.until("close");
      return { server: world.ends(start), page: "nobody is left to tell" };
    },
  },
  {
    name: "browser killed",
    async run(world) {
      await world.begin(PATIENT);
      const start = Date.now();
      world.browser.crash();
      await world.witness.until("close");
      expectEnds(world, [1006, ""]);
      return { server: world.ends(start), page: "nobody is left to tell" };
    },
  },
  {
    name: "`beforeunload` cancelled",
    through: PlaywrightBrowser,
    only: ["chromium", "firefox"],
    elsewhere: "its driver leaves the page whatever `beforeunload` says",
    async run(world) {
      await world.begin(QUICK);
      await world.browser.run(() => {
        addEventListener("beforeunload", (event) => {
          note("beforeunload");
          event.preventDefault();
          event.returnValue = "stay";
        });
      });
      await world.browser.click("button");
      const start = Date.now();
      await world.browser.run(() => setTimeout(() => location.assign("/page?next")));
      await world.browser.stay();
      return livesOn(world, start);
    },
  },
  {
    name: "a navigation that leads nowhere (204)",
    run: (world) => goNowhere(world, "/nothing"),
  },
  {
    name: "a download",
    run: (world) => goNowhere(world, "/download"),
  },
];

/** Puts the browser to sleep with a session open; `meanwhile` happens when it sleeps. */
async function asleep(world, meanwhile = () => {}, how = {}) {
  await world.begin(QUICK);
  await world.witness.until("message", 2);
  world.browser.sleep(how);
  await meanwhile();
  await sleep(ASLEEP_MS);
  world.browser.wake();
}

async function goNowhere(world, path) {
  await world.begin(QUICK);
  const start = Date.now();
  await world.browser.run((path) => setTimeout(() => location.assign(path)), path);
  await world.witness.until("request");
  return livesOn(world, start);
}

/** A page that was not left after all: Firefox may have closed the connection all the same, then it is back at once. */
async function livesOn(world, start) {
  await world.witness.until("message", world.witness.of("message").length + 2);
  const answer = await world.browser.run(async () => echoed(await opened(session), "still here"));
  assert.equal(answer, "still here");
  const page = await happened(world);
  assert.ok(!page.includes("suspended"), `the page did ${page}`);
  if (world.browser.name === "firefox" && world.witness.of("close").length > 0) {
    expectEnds(world, [1001, ""]);
    assert.deepEqual(page.slice(-2), ["close server-close 1001", "open"]);
    return { server: `${world.ends(start)}; a new connection at once`, page: words(page) };
  }
  assert.deepEqual(world.witness.of("close"), []);
  return { server: "nothing", page: words(page) };
}

function expectEnds(world, ...expected) {
  assert.deepEqual(
    world.witness.of("close").map(({ code, reason }) => [code, reason]),
    expected,
  );
}

/** Left for good: politely by the session, or by Firefox, which is quicker. */
function expectLeft(world) {
  if (world.browser.name !== "firefox") return expectEnds(world, [1000, "page hidden"]);
  const codes = world.witness.of("close").map(({ code }) => code);
  assert.ok(codes.length === 1 && [1000, 1001].includes(codes[0]), `the server saw ${codes}`);
}

async function happened(world) {
  return (await world.diary()).map(({ what }) => what);
}

/** What the session did, without what happened to the page. */
function ofSession(happened) {
  return happened.filter((what) => /^(open|close|suspended)/.test(what));
}

/** The time between two messages of the same socket. */
export function gaps(world, since) {
  const last = new Map();
  const found = [];
  for (const { at, socket } of world.witness.of("message")) {
    if (at < since) continue;
    if (last.has(socket)) found.push(at - last.get(socket));
    last.set(socket, at);
  }
  found.sort((a, b) => a - b);
  return { shortest: found[0], median: found[Math.floor(found.length / 2)], longest: found.at(-1) };
}

function words(happened) {
  return happened.join(" → ") || "nothing";
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
