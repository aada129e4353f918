import { expect, test } from "@playwright/test";
import { PING, sleep, World } from "./world.mjs";

// A browser of its own for each test: on a busy machine that takes its time.
test.describe.configure({ timeout: 90_000 });

const HEARTBEAT = { ...PING, interval: 1000, timeout: 500 };
/** The answer to a heartbeat is still on its way when the machine falls asleep. */
const FAR_MS = 150;

/** Naps in ms, each begun as soon as the server is asked. On waking the timer that waits for the answer is due, but the answer is there too. */
const CASES = [
  { name: "a nap of a moment, with a heartbeat under way", naps: [1500] },
  { name: "a nap, and another as soon as the session has asked again", naps: [3500, 3500] },
];

for (const { name, naps } of CASES) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  test(`${name}: the connection is kept`, async ({}, { project }) => {
    const causes = await World.with(project.name, {}, async (world) => {
      world.witness.delay = FAR_MS;
      await world.begin({ heartbeat: HEARTBEAT, backoff: { min: 20, max: 100 } });
      for (const nap of naps) {
        await world.witness.until("message", world.witness.of("message").length + 1);
        world.browser.sleep();
        await sleep(nap);
        world.browser.wake();
      }
      await world.witness.until("message", world.witness.of("message").length + 2);
      return world.browser.run(() => told(session, "close").map(({ cause }) => cause));
    });
    expect(causes).toEqual([]);
  });
}
