import { setMaxListeners } from "node:events";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { TcpProxy } from "../support/proxy.mjs";
import { violations } from "./check.mjs";
import { rage } from "./faults.mjs";
import { Random } from "./random.mjs";
import { ChaosServer } from "./server.mjs";

const OPTIONS = {
  heartbeat: { message: "ping", reply: "pong", interval: 800, timeout: 1500 },
  backoff: { min: 50, max: 1000 },
  connectTimeout: 2000,
  closeTimeout: 500,
  queue: { maxMessages: 100, maxBytes: 500_000, inFlight: true },
};
/** A server that says it restarts (1012) has its clients spread over this long. */
const RESTART_SPREAD_MS = 5000;
/** What a busy machine may add. */
const TOLERANCE_MS = 3000;
const { interval, timeout } = OPTIONS.heartbeat;
/** A last silent path is noticed, a last handshake hangs, a last restart is waited for; then a heartbeat confirms all. */
const RECOVERY_MS =
  interval + timeout + OPTIONS.connectTimeout + RESTART_SPREAD_MS + interval + timeout + TOLERANCE_MS;

/**
 * `pages` light pages of one browser context with a session each, and random faults for each for `seconds`. Every page has a
 * path of its own, on a loopback address of its own: browsers shake hands with an address once at a time. Resolves to what
 * happened: `{ wrong, summary, sent, received, heard, faults, causes }`. `wrong` are texts, none if all is well.
 */
export async function chaos({ context, pages: count, seconds, seed, progress = () => {} }) {
  const random = new Random(seed);
  const server = await ChaosServer.start(await script());
  const parties = [];
  const faults = new Map();
  for (let number = 0; number < count; number++) {
    const path = await TcpProxy.start(server.port, { host: `127.0.1.${number + 1}` });
    const page = await context.newPage();
    const party = { client: `page-${number}`, page, path, story: [], errors: [] };
    await page.goto(server.origin);
    await page.evaluate(
      ([url, seed, options]) => chaos.start(url, seed, options),
      [`${path.origin}/?client=${party.client}`, random.fork(2 * number).between(0, 2 ** 31), OPTIONS],
    );
    parties.push(party);
  }
  const stop = new AbortController();
  setMaxListeners(count + 1, stop.signal);
  const raging = parties.map(({ client, path, story }, number) => {
    const note = (fault) => {
      story.push([Date.now(), fault]);
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
    };
    return rage({ path, server, client, random: random.fork(2 * number + 1), signal: stop.signal, note });
  });
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(end - Date.now(), 30_000)));
    progress({ left: Math.round((end - Date.now()) / 1000), faults: sum([...faults.values()]) });
  }
  stop.abort();
  await Promise.all(raging);

  server.hush();
  const healed = Date.now();
  await Promise.all(parties.map(({ page }) => page.evaluate(() => chaos.quiet())));
  const recoveries = await Promise.all(parties.map((party) => recovery(party, healed)));
  const result = {
    wrong: [],
    sent: 0,
    received: 0,
    unknown: 0,
    dropped: 0,
    heard: 0,
    causes: new Map(),
    faults,
  };
  for (const party of parties) await audit(party, server, result);
  for (const { path } of parties) await path.stop();
  server.stop();
  return { ...result, summary: summary(result, seed, Math.max(...recoveries)) };
}

/** How long until the page had a connection again and nothing was on its way, ms. */
async function recovery({ page, errors }, healed) {
  try {
    await page.waitForFunction(() => chaos.settled(), undefined, { timeout: RECOVERY_MS, polling: 50 });
  } catch {
    const state = JSON.stringify(await page.evaluate(() => chaos.state()));
    errors.push(`not settled within ${RECOVERY_MS} ms: ${state}`);
  }
  return Date.now() - healed;
}

async function audit({ client, page, story, errors }, server, result) {
  const account = await page.evaluate(() => chaos.account);
  const received = server.received.get(client) ?? [];
  const wrong = [...errors, ...account.errors, ...violations({ ...account, received })];
  if (wrong.length > 0) {
    const timeline = [...story, ...account.story].sort(([a], [b]) => a - b);
    const lines = timeline
      .slice(-60)
      .map(([at, what]) => `    ${new Date(at).toISOString().slice(11, 23)} ${what}`);
    result.wrong.push([...wrong.slice(0, 20).map((text) => `${client}: ${text}`), ...lines].join("\n"));
  }
  const unknown = account.drops.filter(([, reason]) => reason === "in-flight-unknown").length;
  result.sent += account.sent;
  result.received += received.length;
  result.unknown += unknown;
  result.dropped += account.drops.length - unknown;
  result.heard += account.heard.length;
  for (const [, what] of account.story) result.causes.set(what, (result.causes.get(what) ?? 0) + 1);
}

function summary({ sent, received, unknown, dropped, heard, faults, causes, wrong }, seed, recovery) {
  return (
    `seed ${seed}: ${sum([...faults.values()])} faults, ${causes.get("open")} connections; ` +
    `${sent} sent, ${received} received, ${unknown} of unknown outcome, ${dropped} dropped, ${heard} heard; ` +
    `all settled after ${recovery} ms; ${wrong.length} pages with something wrong`
  );
}

async function script() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page.js", import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
  });
  return outputFiles[0].text;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
