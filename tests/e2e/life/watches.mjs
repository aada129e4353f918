import assert from "node:assert/strict";
import { gaps } from "./events.mjs";
import { PING, sleep } from "./world.mjs";

/** Every mixture of 2 to 5 s of silence and 1 to 2 s for the answer. */
const SESSIONS = [2000, 3000, 4000, 5000].flatMap((interval) =>
  [1000, 1500, 2000].map((timeout) => ({ heartbeat: { ...PING, interval, timeout } })),
);
/** How far away a server is that has not answered yet when the machine falls asleep. */
const FAR_MS = 150;

/**
 * Pages whose timers come late although the path is well: none of the sessions may be left. Between `before` and `after`, `round`
 * is repeated, in `make pagelife` for so many `minutes`; it is told how many rounds there were. `apart` is how far apart in
 * ms some heartbeats must be, `settings` are those of each browser, `only` and `elsewhere` as with the events.
 */
export const WATCHES = [
  {
    name: "hidden, a tick a second",
    minutes: 3,
    settings: { chromium: { args: ["--disable-features=IntensiveWakeUpThrottling"] } },
    before: (world) => world.browser.hide(),
    round: () => sleep(1000),
    after: (world) => world.browser.show(),
  },
  {
    name: "hidden, a tick a minute",
    minutes: 5,
    // Chromium comes to it by itself, a minute after the page was hidden.
    settings: {
      firefox: {
        prefs: {
          "dom.min_background_timeout_value": 60_000,
          // For pages with a WebSocket.
          "dom.min_background_timeout_value_without_budget_throttling": 60_000,
        },
      },
    },
    only: ["chromium", "firefox"],
    elsewhere: "it cannot be told to",
    before: (world) => world.browser.hide(),
    round: () => sleep(1000),
    after: (world) => world.browser.show(),
    // Else the throttling was not at work.
    apart: 55_000,
  },
  {
    name: "frozen for 5 s, again and again",
    minutes: 2,
    only: ["chromium"],
    elsewhere: "it freezes no pages",
    async round(world) {
      const back = world.witness.of("open").length + SESSIONS.length;
      await world.browser.devtools("Page.setWebLifecycleState", { state: "frozen" });
      await sleep(5000);
      await world.browser.devtools("Page.setWebLifecycleState", { state: "active" });
      await world.witness.until("open", back);
      await sleep(6000);
    },
  },
  {
    name: "machine asleep for 10 s, again and again",
    minutes: 3,
    async round(world) {
      await nap(world, 10_000);
      await sleep(6000);
    },
  },
  {
    name: "machine asleep for 1 to 4 s, each time with a heartbeat under way",
    minutes: 3,
    before(world) {
      world.witness.delay = FAR_MS;
    },
    async round(world, rounds) {
      await world.witness.until("message", world.witness.of("message").length + 1);
      await nap(world, 1000 + 250 * (rounds % 13));
      await sleep(500);
    },
  },
];

/** Watches for `ms`; resolves to the figures. */
export async function watch(world, { before, round, after, apart = 0 }, ms) {
  await world.begin(...SESSIONS);
  const start = Date.now();
  await before?.(world);
  for (let rounds = 0; Date.now() - start < ms; rounds++) await round(world, rounds);
  const end = Date.now();
  await after?.(world);
  const causes = await world.browser.run(() =>
    sessions.flatMap((session) => told(session, "close").map(({ cause }) => cause)),
  );
  const times = gaps(world, start);
  assert.ok(
    !apart || times.longest >= apart,
    `heartbeats were ${times.longest} ms apart at most; expected: ${apart}`,
  );
  return {
    minutes: (end - start) / 60_000,
    sessions: SESSIONS.length,
    heartbeats: world.witness.of("message").filter(({ at }) => at <= end).length,
    gaps: times,
    // A frozen page leaves its connections on purpose.
    lost: causes.filter((cause) => cause !== "page-hidden"),
  };
}

async function nap(world, ms) {
  world.browser.sleep();
  await sleep(ms);
  world.browser.wake();
}
