import { gaps } from "./events.mjs";
import { ONCE_A_MINUTE, PING, sleep } from "./world.mjs";

/** Every mixture of 2 to 5 s of silence and 1 to 2 s for the answer. */
const SESSIONS = [2000, 3000, 4000, 5000].flatMap((interval) =>
  [1000, 1500, 2000].map((timeout) => ({ heartbeat: { ...PING, interval, timeout } })),
);
/** How far away a server is that has not answered yet when the machine falls asleep. */
const FAR_MS = 150;

/**
 * Pages whose timers come late although the path is well: none of the sessions may be left. Between `before` and `after`, `round`
 * is repeated, in `make pagelife` for so many `minutes`; it is told how many rounds there were. `settings`, `only` and `elsewhere` are as with the events.
 */
export const WATCHES = [
  {
    name: "hidden, a tick a second",
    minutes: 4,
    before: (world) => world.browser.hide(),
    round: () => sleep(1000),
    after: (world) => world.browser.show(),
  },
  {
    name: "hidden, a tick a minute",
    minutes: 6,
    settings: ONCE_A_MINUTE,
    only: ["chromium", "firefox"],
    elsewhere: "it has no such throttling",
    before: (world) => world.browser.hide(),
    round: () => sleep(1000),
    after: (world) => world.browser.show(),
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
export async function watch(world, { before, round, after }, ms) {
  await world.begin(...SESSIONS);
  const start = Date.now();
  await before?.(world);
  for (let rounds = 0; Date.now() - start < ms; rounds++) await round(world, rounds);
  const end = Date.now();
  await after?.(world);
  const causes = await world.browser.run(() =>
    sessions.flatMap((session) => told(session, "close").map(({ cause }) => cause)),
  );
  return {
    minutes: (end - start) / 60_000,
    sessions: SESSIONS.length,
    heartbeats: world.witness.of("message").filter(({ at }) => at <= end).length,
    gaps: gaps(world, start),
    // A frozen page leaves its connections on purpose.
    lost: causes.filter((cause) => cause !== "page-hidden"),
  };
}

async function nap(world, ms) {
  world.browser.sleep();
  await sleep(ms);
  world.browser.wake();
}
