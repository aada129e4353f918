// Runs the conformance suite in three browsers and three scopes, and writes into docs/conformance.md how many cases there are
// and what differs. `measure.mjs chromium,webkit window close,send` runs these alone, and writes nothing.

import { table, writeBlock } from "../../figures.mjs";
import { occurs } from "./compare.mjs";
import { DIFFERENCES } from "./differences.mjs";
import { describe, FILES, SCOPES, Suite } from "./suite.mjs";

const BROWSERS = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };
/** What the subjects are called in the page. */
const SUBJECTS = {
  strict: "`steadysocket/websocket`",
  preset: "`{ retries: 0, queue: false }`",
  default: "the defaults",
};
const SIDE_BY_SIDE = 2;

const [browsers, scopes, files] = process.argv.slice(2).map((list) => list.split(","));
/** `{ browser, scope, file, cases }` for each file run in each scope of each browser; `cases` are as `Suite.run` has them. */
const runs = [];
const versions = {};
let failed = 0;

// Ends the browsers too, which are told at the exit.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

const start = Date.now();
await inLanes(browsers ?? Object.keys(BROWSERS), runBrowser);
const cases = runs.reduce((sum, run) => sum + run.cases.length, 0);
console.log(`${cases} cases in ${Math.round((Date.now() - start) / 1000)} s, ${failed} faults`);
if (!browsers && failed === 0) {
  const blocks = { versions: told(), cases: await casesTable(), differences: differencesTable() };
  for (const [name, text] of Object.entries(blocks)) writeBlock("docs/conformance.md", name, text);
}
process.exit(failed ? 1 : 0);

async function runBrowser(browser) {
  const suite = await Suite.start(browser);
  try {
    versions[browser] = await suite.browser.version();
    for (const scope of scopes ?? SCOPES) {
      for (const file of files ?? FILES) await runFile(suite, browser, scope, file);
    }
  } finally {
    await suite.end();
  }
}

async function runFile(suite, browser, scope, file) {
  const begun = Date.now();
  const { cases, faults } = await suite.run(file, scope);
  runs.push({ browser, scope, file, cases });
  failed += faults.length;
  console.log(
    `${browser} ${scope} ${file}: ${cases.length} cases, ${faults.length} faults (${Date.now() - begun} ms)`,
  );
  for (const fault of faults) console.log(fault);
}

function told() {
  const names = Object.keys(BROWSERS).map((browser) => `${BROWSERS[browser]} ${versions[browser]}`);
  return `Last run: ${names.join(", ")}.`;
}

/** A row for each section, and in it for each browser how many cases were run in each scope. */
async function casesTable() {
  const rows = [];
  for (const file of FILES) {
    const { section } = await describe(file);
    rows.push([
      section,
      ...Object.keys(BROWSERS).map((browser) =>
        countsOf((run) => run.browser === browser && run.file === file),
      ),
    ]);
  }
  rows.push([
    "**together**",
    ...Object.keys(BROWSERS).map((browser) => countsOf((run) => run.browser === browser)),
  ]);
  return table(["section", ...Object.values(BROWSERS)], rows);
}

/** Window, dedicated worker, shared worker. */
function countsOf(isMeant) {
  const counts = SCOPES.map((scope) =>
    runs.filter((run) => run.scope === scope && isMeant(run)).reduce((sum, run) => sum + run.cases.length, 0),
  );
  return counts.join(" · ");
}

/** A row for each reason: with what, in which browsers, and in how many cases. */
function differencesTable() {
  const reasons = [...new Set(DIFFERENCES.map(({ reason }) => reason))];
  const rows = reasons.map((reason) => {
    const entries = DIFFERENCES.filter((entry) => entry.reason === reason);
    const found = occurrences(entries);
    const subjects = Object.keys(SUBJECTS).filter((subject) =>
      found.some((each) => each.subject === subject),
    );
    const where = Object.keys(BROWSERS).filter((browser) => found.some((each) => each.browser === browser));
    const names = new Set(found.map(({ file, name }) => `${file}: ${name}`));
    const everywhere = where.length === Object.keys(BROWSERS).length;
    return [
      reason,
      subjects.map((subject) => SUBJECTS[subject]).join(", "),
      everywhere ? "all" : where.map((browser) => BROWSERS[browser]).join(", "),
      names.size,
    ];
  });
  return table(["what differs, and why", "with", "browsers", "cases"], rows);
}

function occurrences(entries) {
  return runs
    .flatMap(({ cases }) => cases)
    .flatMap(({ where, differences }) =>
      differences
        .filter((difference) => entries.some((entry) => occurs(entry, [difference], where)))
        .map(({ subject }) => ({ subject, ...where })),
    );
}

async function inLanes(all, run) {
  const waiting = [...all];
  const lane = async () => {
    while (waiting.length > 0) await run(waiting.shift());
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
}
