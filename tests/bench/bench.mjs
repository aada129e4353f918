// What a message costs over the browser's own WebSocket: both in one page, in turn, so that a noisy machine
// spoils neither. Writes its figures and the package's size into README.md; `--short` only proves that it runs.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chromium, firefox } from "@playwright/test";

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
const rows = [];
try {
  for (const [name, launch] of browsers) {
    const browser = await launch();
    const page = await browser.newPage();
    await page.goto(new URL("healthz", url).href);
    const times = await page.evaluate(measure, { rounds, messages });
    await browser.close();
    for (const [what, { native, ours }] of Object.entries(times)) {
      rows.push(`| ${name} | ${what} | ${show(native)} | ${show(ours)} | ${(ours / native).toFixed(1)} |`);
    }
  }
} finally {
  server.kill();
}

const size = (file) => {
  const bytes = readFileSync(`pkg/dist/${file}`);
  const packed = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
  return packed.map(({ length }) => `${(length / 1000).toFixed(1)} kB`);
};
const [gzip, brotli] = size("index.js");
const table = [
  "| browser | what | WebSocket | SteadySocket | ratio |",
  "| --- | --- | ---: | ---: | ---: |",
  ...rows,
].join("\n");
console.log(`index.js: ${gzip} gzip, ${brotli} brotli\n${table}`);
if (!short) {
  const readme = readFileSync("README.md", "utf8")
    .replace(/(<!-- size -->).*(<!-- \/size -->)/g, `$1${gzip} gzipped, ${brotli} with brotli$2`)
    .replace(/(<!-- speed -->)[\s\S]*(<!-- \/speed -->)/, `$1\n\n${table}\n\n$2`);
  writeFileSync("README.md", readme);
}

function show(nanoseconds) {
  return `${Math.round(nanoseconds).toLocaleString("en")} ns`;
}

/** Runs in the page. The median of the rounds, in nanoseconds a message. */
async function measure({ rounds, messages }) {
  const { SteadySocket } = await import("/pkg/dist/index.js");
  const opened = (socket) =>
    new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  let inner;
  class Inner extends WebSocket {
    constructor(...args) {
      super(...args);
      inner = this;
    }
  }
  const native = new WebSocket("/slow");
  const steady = new SteadySocket("/slow", [], { WebSocket: Inner });
  await Promise.all([opened(native), opened(steady)]);
  let heard = 0;
  const hear = () => heard++;
  for (const socket of [native, steady]) socket.addEventListener("message", hear);

  const tasks = {
    // The same event into the browser's socket: what lies between it and the listener is measured.
    "a message to a listener": [
      () => native.dispatchEvent(new MessageEvent("message", { data: "price" })),
      () => inner.dispatchEvent(new MessageEvent("message", { data: "price" })),
    ],
    "sending 20 characters": [
      () => native.send("twenty characters ok"),
      () => steady.send("twenty characters ok"),
    ],
  };
  const times = {};
  for (const [what, run] of Object.entries(tasks)) {
    const samples = [[], []];
    for (let round = -2; round < rounds; round++) {
      for (const side of [0, 1]) {
        const start = performance.now();
        for (let i = 0; i < messages; i++) run[side]();
        if (round >= 0) samples[side].push(((performance.now() - start) * 1e6) / messages);
        // What was sent goes out before the next round.
        while (inner.bufferedAmount + native.bufferedAmount > 0)
          await new Promise((resolve) => setTimeout(resolve));
      }
    }
    const [nativeTime, ours] = samples.map((sample) => sample.sort((a, b) => a - b)[sample.length >> 1]);
    times[what] = { native: nativeTime, ours };
  }
  if (heard < 2 * (rounds + 2) * messages) throw new Error(`${heard} messages heard`);
  return times;
}
