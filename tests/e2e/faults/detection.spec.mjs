import { detectionScript, HEAD, outcomes, row } from "../support/detection.mjs";
import { expect, TOLERANCE_MS, test } from "../support/faulty.mjs";

const INTERVAL_MS = 2000;
const TIMEOUT_MS = 1000;
const WATCHED_MS = 20_000;
const OURS = {
  kind: "SteadySocket",
  count: 16,
  heartbeat: { message: "ping", reply: "pong", interval: INTERVAL_MS, timeout: TIMEOUT_MS },
  spread: INTERVAL_MS,
};
const PEERS = ["WebSocket", "reconnecting-websocket", "partysocket"].map((kind) => ({ kind, count: 2 }));

test("a path gone silent is noticed within interval + timeout; the others in the page are watched for 20 s", async ({
  page,
  path,
  server,
}) => {
  test.setTimeout(WATCHED_MS + 30_000);
  await page.goto(`${server.origin}/healthz`);
  await page.addScriptTag({ content: await detectionScript() });
  await page.evaluate(
    async ([url, clients]) => {
      for (const client of clients) await detection.start(url, client);
    },
    [`${path.origin}/echo`, [...PEERS, OURS]],
  );
  path.swallow();
  const struck = Date.now();
  await page.waitForFunction((end) => Date.now() >= end, struck + WATCHED_MS, {
    timeout: WATCHED_MS + 10_000,
  });
  const results = outcomes(await page.evaluate(() => detection.trials), struck);
  console.log(
    [test.info().project.name, HEAD, ...results.map((result) => row(result, WATCHED_MS))].join("\n"),
  );

  const { lefts, backs, count } = results.find(({ name }) => name === OURS.kind);
  expect(lefts).toHaveLength(count);
  // Who was asked a moment before, and whose answer was swallowed, is the first.
  expect(lefts[0], "none is left without having been asked").toBeGreaterThanOrEqual(TIMEOUT_MS - 200);
  expect(lefts.at(-1)).toBeLessThanOrEqual(INTERVAL_MS + TIMEOUT_MS + TOLERANCE_MS);
  expect(lefts.at(-1) - lefts[0], "their heartbeats were spread").toBeGreaterThan(INTERVAL_MS / 2);
  expect(backs).toHaveLength(count);
  expect(backs.at(-1)).toBeLessThanOrEqual(INTERVAL_MS + TIMEOUT_MS + 2 * TOLERANCE_MS);
  const trials = await page.evaluate(() => detection.trials);
  for (const { name, closes } of trials) if (name === OURS.kind) expect(closes, "once").toHaveLength(1);
});
