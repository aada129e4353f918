// Runs in each page, bundled: a session and a user who sends, at random, and an account of both.
import { SteadySocket } from "../../../pkg/dist/index.js";
import { Random } from "./random.mjs";

let session;
let timer;
let random;
const account = { sent: 0, drops: [], heard: [], story: [], errors: [] };

const ACTIONS = [
  [80, () => say(random.between(1, 3))],
  [5, () => say(40)],
  [4, () => say(1, { padding: random.between(10_000, 200_000) })],
  [4, () => say(2, { ttl: random.between(0, 300) })],
  [2, () => dispatchEvent(new Event(random.pick(["online", "offline"])))],
  [2, () => document.dispatchEvent(new Event("visibilitychange"))],
  [1, () => block(random.between(100, 600))],
  [1, () => session.reconnect()],
  [1, closeForAMoment],
];

function start(url, seed, options) {
  random = new Random(seed);
  session = new SteadySocket(url, [], options);
  session.addEventListener("message", ({ data }) => account.heard.push(data.split(" ").map(Number)));
  session.addEventListener("drop", ({ data, reason }) =>
    account.drops.push([Number.parseInt(data, 10), reason]),
  );
  session.addEventListener("open", () => note("open"));
  session.addEventListener("close", ({ cause, code }) => note(`close ${cause} ${code}`));
  addEventListener("error", ({ message }) => account.errors.push(`the page threw: ${message}`));
  act();
}

function act() {
  random.weighed(ACTIONS)();
  timer = setTimeout(act, random.between(20, 300));
}

function say(count, { padding = 0, ttl } = {}) {
  for (let said = 0; said < count; said++) session.send(`${++account.sent} ${"x".repeat(padding)}`, { ttl });
}

function block(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function closeForAMoment() {
  session.close(1000);
  setTimeout(() => session.reconnect(), random.between(0, 400));
}

function note(what) {
  account.story.push([Date.now(), what]);
}

/** The user says a last word and no more. */
function quiet() {
  clearTimeout(timer);
  dispatchEvent(new Event("online"));
  say(1);
}

function state() {
  return { state: session.state, ...session.stats() };
}

/** Whether there is a connection and nothing is on its way or waits for one. */
function settled() {
  const { state: name, queuedMessages, inFlight } = state();
  return name === "open" && queuedMessages === 0 && inFlight === 0;
}

globalThis.chaos = { start, quiet, state, settled, account };
