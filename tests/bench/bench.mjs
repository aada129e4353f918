// What a message costs over the browser's own WebSocket: all in one page, in turn, so that a noisy machine spoils none.
// Writes its figures and the package's size into README.md and docs/conformance.md; `--short` only proves that it runs.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chromium, firefox } from "@playwright/test";
import { table, write, writeBlock } from "../figures.mjs";
import { measure } from "./measure.mjs";
import { measureCores, told } from "./plain-js.mjs";

const short = process.argv.includes("--short");
const rounds = short ? 1 : 25;
const messages = short ? 100 : 4_000;

const server = spawn("node", ["www/server.mjs", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
const [url] = await new Promise((resolve) =>
  server.stdout.on("data", (data) => {
    const found = /http:\S+/.exec(data);
    if (found) resolve(found);
  }),
);

const sandboxed = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const browsers = [
  ["Chromium", () => chromium.launch({ executablePath: "/usr/bin/chromium", args: sandboxed })],
  ["Firefox", () => firefox.launch({ channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr" })],
];
const costs = [];
const cores = [];
const conformance = [];
try {
  for (const [name, launch] of browsers) {
    const browser = await launch();
    const page = await browser.newPage();
    await page.goto(new URL("healthz", url).href);
    const times = await page.evaluate(measure, { rounds, messages });
    cores.push([name, await measureCores(page, { rounds, messages: 5 * messages })]);
    await browser.close();
    for (const [what, { native, redispatched, standard, steady }] of Object.entries(times)) {
      const ratio = (steady / native).toFixed(1);
      costs.push([name, what, ns(native), ns(steady), ns(steady - native), ratio]);
      if (redispatched) {
        conformance.push([name, what, ...[native, redispatched, standard, steady].map(ns)]);
      }
    }
  }
} finally {
  server.kill();
}

const size = sizeOf("index");
const js = `It weighs ${sizeOf("js")}. ${told(cores)}`;
const speed = table(["browser", "what", "WebSocket", "SteadySocket", "more", "ratio"], costs, 2);
const cost = table(
  ["browser", "what", "native", "re-dispatched, no more", "`steadysocket/websocket`", "`SteadySocket`"],
  conformance,
  2,
);
console.log(`${size}\n${js}\n${speed}\n\n${cost}`);
if (!short) {
  write("README.md", "size", size);
  write("README.md", "js", js);
  writeBlock("README.md", "speed", speed);
  writeBlock("docs/conformance.md", "cost", cost);
}

function ns(nanoseconds) {
  return `${Math.round(nanoseconds).toLocaleString("en")} ns`;
}

/** How large a file of the package is on its way. */
function sizeOf(name) {
  const file = readFileSync(`pkg/dist/${name}.js`);
  const [gzip, brotli] = [gzipSync(file, { level: 9 }), brotliCompressSync(file)].map(
    ({ length }) => `${(length / 1000).toFixed(1)} kB`,
  );
  return `${gzip} gzipped, ${brotli} with brotli`;
}
