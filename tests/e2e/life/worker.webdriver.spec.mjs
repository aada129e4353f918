import { expect, test } from "@playwright/test";
import { PING, sleep, World } from "./world.mjs";

// A browser of its own for each test: on a busy machine that takes its time.
test.describe.configure({ timeout: 90_000 });

const INTERVAL_MS = 2000;
const HEARTBEAT = { ...PING, interval: INTERVAL_MS, timeout: 1000 };
/** Chromium throttles a page that has been hidden for ten seconds: a page with nothing to see, where it is told to; others after a minute. */
const SOON = { args: ["--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10"] };
const SETTLE_MS = 11_000;
const WATCHED_MS = 13_000;

const POLICIES = [
  "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'",
  // Without a word about workers: those made of a blob are refused all the same.
  "default-src 'self' 'wasm-unsafe-eval'",
];

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
test("in a page with a tick a minute, a worker keeps the heartbeat's interval", async ({}, { project }) => {
  const { name } = project;
  test.skip(name !== "chromium", `${name} throttles no page to a tick a minute`);
  const [byWorker, byPage] = await World.with(name, { settings: SOON }, async (world) => {
    await world.open(world.witness.blank);
    await world.browser.run(
      (all) => beginMany(all),
      [{ heartbeat: { ...HEARTBEAT, worker: true } }, { heartbeat: HEARTBEAT }],
    );
    await world.browser.hide();
    await sleep(SETTLE_MS);
    const start = Date.now();
    await sleep(WATCHED_MS);
    const since = world.witness.of("message").filter(({ at }) => at >= start);
    return [1, 2].map((socket) => since.filter((entry) => entry.socket === socket).map(({ at }) => at));
  });
  // The last tick before the throttling begins may still bring one.
  expect(byPage.length, "the page's own timers hardly tick").toBeLessThanOrEqual(2);
  expect(byWorker.length).toBeGreaterThanOrEqual(WATCHED_MS / (INTERVAL_MS + 1000) - 1);
  for (const [index, at] of byWorker.slice(1).entries()) {
    expect(Math.abs(at - byWorker[index] - INTERVAL_MS)).toBeLessThanOrEqual(1000);
  }
});

for (const policy of POLICIES) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  test(`where workers are refused the page ticks itself: ${policy}`, async ({}, { project }) => {
    const headers = { "content-security-policy": policy };
    await World.with(project.name, { headers }, async ({ browser, witness }) => {
      // A page that lets nobody evaluate anything in it, so it does by itself what its address says.
      const heartbeat = { ...PING, interval: 300, timeout: 2000, worker: true };
      await browser.open(
        `${witness.page}?${new URLSearchParams({ begin: JSON.stringify([{ heartbeat }]) })}`,
      );
      await witness.until("message", 6);
      const said = witness.of("message").map(({ data }) => data);
      expect(said, "the policy is at work").toContain("refused: worker-src");
      expect(said.filter((data) => data === "ping").length).toBeGreaterThanOrEqual(3);
      expect(witness.of("open")).toHaveLength(1);
      expect(witness.of("close")).toEqual([]);
    });
  });
}
