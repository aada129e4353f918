// Chaos at length: `make chaos`. CHAOS_SEED, CHAOS_PAGES, CHAOS_MINUTES and CHAOS_BROWSER (chromium, firefox) in the
// environment say otherwise.

import { randomInt } from "node:crypto";
import { chromium, firefox } from "@playwright/test";
import config from "../playwright.config.mjs";
import { chaos } from "./run.mjs";

const { CHAOS_SEED, CHAOS_PAGES = 50, CHAOS_MINUTES = 10, CHAOS_BROWSER = "chromium" } = process.env;
const seed = Number(CHAOS_SEED ?? randomInt(2 ** 31));
const seconds = Number(CHAOS_MINUTES) * 60;
console.log(`${CHAOS_PAGES} pages in ${CHAOS_BROWSER}, ${CHAOS_MINUTES} min, CHAOS_SEED=${seed}`);

const { launchOptions, channel } = config.projects.find(({ name }) => name === CHAOS_BROWSER).use;
const browser = await { chromium, firefox }[CHAOS_BROWSER].launch({ ...launchOptions, channel });
const { wrong, summary, faults, causes } = await chaos({
  context: await browser.newContext(),
  pages: Number(CHAOS_PAGES),
  seconds,
  seed,
  progress: ({ left, faults }) => console.log(`${left} s left, ${faults} faults so far`),
});
await browser.close();
for (const [what, count] of [...faults].sort()) console.log(`fault  ${what}: ${count}`);
for (const [what, count] of [...causes].sort()) console.log(`saw    ${what}: ${count}`);
for (const text of wrong) console.error(text);
console.log(summary);
process.exit(wrong.length > 0 ? 1 : 0);
