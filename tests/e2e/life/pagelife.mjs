// Makes all that can happen to a page happen in three browsers, and writes what was seen into docs/page-life.md.
// `--short` watches for seconds instead of minutes, and writes nothing.

import { table, writeBlock } from "../../figures.mjs";
import { departures, LUGGAGE } from "./departures.mjs";
import { EVENTS } from "./events.mjs";
import { WATCHES, watch } from "./watches.mjs";
import { World } from "./world.mjs";

const BROWSERS = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };
const NAMES = Object.keys(BROWSERS);
const SHORT = process.argv.includes("--short");
const ROUNDS = SHORT ? 3 : 15;
let failed = 0;

// Ends the browsers too, which are told at the exit.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

const tables = {
  versions: await versions(),
  events: await eventsTable(),
  departures: await departuresTable(),
};
tables.watches = await watchesTable();
for (const [name, text] of Object.entries(tables)) {
  console.log(`\n${text}`);
  if (!SHORT) writeBlock("docs/page-life.md", name, text);
}
if (failed) console.log(`\n${failed} failed`);
process.exit(failed ? 1 : 0);

async function versions() {
  const lines = [];
  for (const name of NAMES) {
    lines.push(
      await World.with(name, {}, async ({ browser }) => `${BROWSERS[name]} ${await browser.version()}`),
    );
  }
  return `Last run: ${lines.join(", ")}.`;
}

async function eventsTable() {
  const rows = [];
  for (const event of EVENTS) {
    // One after the other, as they are timed.
    const cells = [];
    for (const name of NAMES) cells.push(await eventCell(event, name));
    rows.push([event.name, ...cells]);
  }
  return table(["event", ...Object.values(BROWSERS)], rows);
}

async function eventCell({ name, only, elsewhere, through, run }, browser) {
  if (only && !only.includes(browser)) return `– (${elsewhere})`;
  const seen = await attempt(`${name}, ${browser}`, () => World.with(browser, { through }, run));
  return seen ? `**server:** ${seen.server}<br>**page:** ${seen.page}` : "FAILED";
}

async function departuresTable() {
  const rows = [];
  for (const name of NAMES) {
    const seen = await attempt(`departures, ${name}`, () =>
      World.with(name, {}, (world) => departures(world, ROUNDS)),
    );
    rows.push([
      BROWSERS[name],
      ...(seen ?? []).map(({ took, unload }) => `${took.toFixed()} (${unload.toFixed()})`),
    ]);
  }
  return table(["", ...LUGGAGE.map((luggage) => `with ${luggage}`)], rows);
}

/** All at the same time: they wait most of it. */
async function watchesTable() {
  const rows = await Promise.all(WATCHES.flatMap((each) => NAMES.map((browser) => watchRow(each, browser))));
  return table(
    ["page", "browser", "minutes", "sessions", "heartbeats", "apart: median, most", "false reconnects"],
    rows.filter(Boolean),
  );
}

async function watchRow(each, browser) {
  const { name, only, elsewhere, settings, minutes } = each;
  const cells = [name, BROWSERS[browser]];
  if (only && !only.includes(browser)) return [...cells, `– (${elsewhere})`, "", "", "", ""];
  const seen = await attempt(`${name}, ${browser}`, () =>
    World.with(browser, { settings: settings?.[browser] }, (world) =>
      watch(world, each, (SHORT ? 0.3 : minutes) * 60_000),
    ),
  );
  if (!seen) return [...cells, "FAILED", "", "", "", ""];
  failed += seen.lost.length > 0 ? 1 : 0;
  const { median, longest } = seen.gaps;
  const apart = median ? `${(median / 1000).toFixed(1)} s, ${(longest / 1000).toFixed(1)} s` : "–";
  return [...cells, seen.minutes.toFixed(1), seen.sessions, seen.heartbeats, apart, seen.lost.length];
}

/** Says how it goes; resolves to null if it failed. */
async function attempt(what, run) {
  const start = Date.now();
  const said = (how) => console.log(`${how} ${what} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  try {
    const seen = await run();
    said("done  ");
    return seen;
  } catch (error) {
    failed++;
    said("FAILED");
    console.log(error);
    return null;
  }
}
