#!/usr/bin/env node
// Installs the package's tarball in fresh projects, builds and runs them, and ends with a line `N passed, N failed`.
// `--short` tries what installs fast, and writes nothing. Names of projects choose those alone. What the projects lock stays
// installed in the user's cache (support/project.mjs).

import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import endToEnd from "../e2e/playwright.config.mjs";
import { DemoServer } from "../e2e/support/server.mjs";
import { pack as packInto } from "../packed.mjs";
import { rows as all } from "./rows/rows.mjs";
import { hash, Project } from "./support/project.mjs";
import { Trial } from "./support/trial.mjs";
import { writeTable } from "./table.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const start = performance.now();
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const short = process.argv.includes("--short");
const rows = all.filter((row) => (chosen.length > 0 ? chosen.includes(row.project) : !short || row.short));

const tarball = pack();
const server = await DemoServer.start();
const browser = await chromium.launch(
  endToEnd.projects.find(({ name }) => name === "chromium").use.launchOptions,
);
const outcomes = [];
try {
  for (const [index, row] of rows.entries()) outcomes.push(await attempt(row, `row${index}`));
} finally {
  await browser.close();
  await server.kill();
}
const failed = outcomes.filter(({ error }) => error).length;
const seconds = since(start);
if (rows.length === all.length && failed === 0) writeTable(outcomes, seconds);
console.log(`in ${seconds.toFixed(0)} s`);
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed || outcomes.length === 0 ? 1 : 0);

/** Tries a row and tells how that went. */
async function attempt(row, client) {
  const start = performance.now();
  let project;
  let error;
  try {
    project = await Project.fresh(row.project, { files: row.files, tarball, env: await row.env?.() });
    const trial = new Trial({ project, browser, server, client });
    await row.check(trial);
    await trial.counted();
  } catch (thrown) {
    error = thrown;
  }
  await project?.stop().catch((thrown) => {
    error ??= thrown;
  });
  const version = project && row.version ? await row.version(project) : "";
  const seconds = since(start);
  console.log(`${error ? "✗" : "✓"} ${row.tool} ${version}: ${row.done} (${seconds.toFixed(1)} s)`);
  if (error) console.log(error.stack);
  return { ...row, version, seconds, error };
}

/** The tarball that would be published, under a name that tells its content: npm takes what it knows by name for the same. */
function pack() {
  const folder = join(ROOT, "build/packaging");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const packed = packInto(folder);
  const path = join(folder, `steadysocket-${hash(readFileSync(packed))}.tgz`);
  renameSync(packed, path);
  return { path, hash: hash(readFileSync(join(ROOT, "pkg/dist/index.js"))) };
}

function since(start) {
  return (performance.now() - start) / 1000;
}
