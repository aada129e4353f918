#!/usr/bin/env node
// Runs the interoperability tests, writes their tables into the docs, and ends with a line `N passed, N failed`.
// `--short` runs what npm alone installs, the tests tagged @short, in Chromium alone, and writes nothing.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { casesOf } from "./cases.mjs";
import { writeTable } from "./table.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SHORT = ["--project", "chromium", "--grep", "@short"];

/** What a full run writes: the cases of a folder, between a page's markers of that name. */
const TABLES = [
  { folder: "servers", page: "docs/interop.md", head: "server" },
  { folder: "libraries", page: "docs/libraries.md", head: "library" },
];

const short = process.argv.includes("--short");
const cases = await play(short ? SHORT : []);
const passed = cases.filter(({ ok }) => ok).length;
const failed = cases.length - passed;
if (!short) for (const table of TABLES) writeTable(table, cases);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || cases.length === 0 ? 1 : 0);

/** Runs Playwright and resolves to the cases it ran. */
async function play(choice) {
  const folder = await mkdtemp(join(tmpdir(), "steadysocket-interop-"));
  const report = join(folder, "report.json");
  const args = [
    "playwright",
    "test",
    "--config",
    "tests/interop/playwright.config.mjs",
    "--reporter=list,json",
  ];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const child = spawn("npx", [...args, ...choice], { cwd: ROOT, env, stdio: "inherit" });
  const code = await new Promise((resolve) => child.on("close", resolve));
  try {
    return casesOf(JSON.parse(await readFile(report, "utf8")), code);
  } finally {
    await rm(folder, { recursive: true });
  }
}
