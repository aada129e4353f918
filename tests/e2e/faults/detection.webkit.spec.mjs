import { expect, test } from "@playwright/test";
import { detectionScript, HEAD, outcomes, row } from "../support/detection.mjs";
import { TcpProxy } from "../support/proxy.mjs";
import { DemoServer } from "../support/server.mjs";
import { Browser } from "../support/webdriver.mjs";

const OURS = {
  kind: "SteadySocket",
  count: 16,
  heartbeat: { message: "ping", reply: "pong", interval: 2000, timeout: 1000 },
  spread: 2000,
};
const BOUND_MS = 3000;
/** For what a busy machine adds. */
const TOLERANCE_MS = 700;
const WATCHED_MS = 8000;
const PEERS = ["WebSocket", "reconnecting-websocket", "partysocket"].map((kind) => ({ kind, count: 2 }));

test("a path gone silent is noticed within interval + timeout; the others in the page are watched for 8 s", async () => {
  test.setTimeout(90_000);
  const server = await DemoServer.start();
  const path = await TcpProxy.start(server.port);
  const browser = await Browser.start("webkit");
  try {
    await browser.open(`${server.origin}/healthz`);
    await browser.run(`() => {\n${await detectionScript()}\n}`);
    await browser.run(
      async (url, clients) => {
        for (const client of clients) await detection.start(url, client);
      },
      `${path.origin}/echo`,
      [...PEERS, OURS],
    );
    path.swallow();
    const struck = Date.now();
    await browser.run((ms) => new Promise((resolve) => setTimeout(resolve, ms, null)), WATCHED_MS);
    const results = outcomes(await browser.run(async () => detection.trials), struck);
    console.log(["webkit", HEAD, ...results.map((result) => row(result, WATCHED_MS))].join("\n"));
    const { lefts, backs, count } = results.find(({ name }) => name === OURS.kind);
    expect(lefts).toHaveLength(count);
    expect(lefts.at(-1)).toBeLessThanOrEqual(BOUND_MS + TOLERANCE_MS);
    expect(backs).toHaveLength(count);
    expect(backs.at(-1)).toBeLessThanOrEqual(BOUND_MS + 2 * TOLERANCE_MS);
  } finally {
    await browser.end();
    await path.stop();
    await server.kill();
  }
});
