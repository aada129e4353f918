// How long until clients notice a path gone silent, in real browsers, with the heartbeat of the tests and with the
// default one, beside other clients in the same page. Writes the table into docs/detection.md. Takes some five minutes.

import { setTimeout } from "node:timers/promises";
import { chromium, firefox } from "@playwright/test";
import { writeBlock } from "../figures.mjs";
import config from "./playwright.config.mjs";
import { detectionScript, HEAD, outcomes, row } from "./support/detection.mjs";
import { TcpProxy } from "./support/proxy.mjs";
import { DemoServer } from "./support/server.mjs";
import { Browser } from "./support/webdriver.mjs";

const RUNS = 3;
const WATCHED_MS = 75_000;

const heartbeat = (interval, timeout) => ({ message: "ping", reply: "pong", interval, timeout });
const CLIENTS = [
  ...["WebSocket", "reconnecting-websocket", "partysocket"].map((kind) => ({ kind, count: 4 })),
  ours("default: 25 s + 10 s", { message: "ping", reply: "pong" }, 25_000),
  ours("2 s + 1 s", heartbeat(2000, 1000), 2000),
].reverse();

const script = await detectionScript();
const sections = await Promise.all([
  measure("Chromium", () => byPlaywright(chromium)),
  measure("Firefox", () => byPlaywright(firefox)),
  measure("WebKitGTK", byWebDriver),
]);
const text = sections.join("\n\n");
console.log(text);
writeBlock("docs/detection.md", "measured", text);

function ours(name, heartbeat, spread) {
  return { kind: "SteadySocket", name: `SteadySocket, ${name}`, count: 20, heartbeat, spread };
}

/** A browser as it is needed here: `open` a page, `run` a function in it with one argument, `end`. */
async function byPlaywright(type) {
  const { launchOptions, channel } = config.projects.find(({ name }) => name === type.name()).use;
  const browser = await type.launch({ ...launchOptions, channel });
  const page = await browser.newPage();
  return {
    version: browser.version(),
    async open(url) {
      await page.goto(url);
      await page.addScriptTag({ content: script });
    },
    run: (task, argument) => page.evaluate(task, argument),
    end: () => browser.close(),
  };
}

async function byWebDriver() {
  const browser = await Browser.start("webkit");
  return {
    version: await browser.version(),
    async open(url) {
      await browser.open(url);
      await browser.run(`() => {\n${script}\n}`);
    },
    run: (task, argument) => browser.run(task, argument),
    end: () => browser.end(),
  };
}

async function measure(name, start) {
  const browser = await start();
  const all = CLIENTS.map(({ kind, name = kind }) => ({ name, count: 0, lefts: [], backs: [] }));
  for (let run = 0; run < RUNS; run++) {
    const results = await once(browser);
    for (const total of all) {
      const { count, lefts, backs } = results.find(({ name }) => name === total.name);
      total.count += count;
      total.lefts = [...total.lefts, ...lefts].sort((a, b) => a - b);
      total.backs = [...total.backs, ...backs].sort((a, b) => a - b);
    }
  }
  await browser.end();
  return [`${name} ${browser.version}:`, "", HEAD, ...all.map((result) => row(result, WATCHED_MS))].join(
    "\n",
  );
}

async function once(browser) {
  const server = await DemoServer.start();
  const path = await TcpProxy.start(server.port);
  try {
    await browser.open(`${server.origin}/healthz`);
    await browser.run(
      async ([url, clients]) => {
        await Promise.all(clients.map((client) => detection.start(url, client)));
      },
      [`${path.origin}/echo`, CLIENTS],
    );
    path.swallow();
    const struck = Date.now();
    await setTimeout(WATCHED_MS);
    return outcomes(await browser.run(async () => detection.trials), struck);
  } finally {
    await path.stop();
    await server.kill();
  }
}
