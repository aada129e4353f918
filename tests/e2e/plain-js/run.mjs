// Runs the end-to-end tests with steadysocket/js in the place of steadysocket: `node tests/e2e/plain-js/run.mjs`; those that ask
// most of the core, in Chromium, with `--short`; and what Playwright takes chooses others.

import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Not those whose page is bundled with the package as it is (chaos, detection). */
const LONG = ["api", "conformance", "lab", "life", "faults/in-flight", "faults/path", "faults/redial"];
const SHORT = ["attempts", "backpressure", "heartbeat", "in-flight", "intent", "life", "queue", ".*node"].map(
  (name) => `api/${name}.spec`,
);
/** That it is this core which is tried. */
const CORE = "plain-js/core";
const at = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const other = at("build/plain-js");

rmSync(other, { recursive: true, force: true });
cpSync(at("pkg"), other, { recursive: true });
cpSync(`${other}/dist/js.js`, `${other}/dist/index.js`);

const given = process.argv.slice(2);
const chosen =
  given.length === 0
    ? [CORE, ...LONG]
    : given[0] === "--short"
      ? [CORE, ...SHORT, "--project=chromium"]
      : given;
const settings = [
  "--config=tests/e2e/playwright.config.mjs",
  "--grep-invert=@wasm",
  "--output=test-results/plain-js",
];
const { status } = spawnSync("npx", ["playwright", "test", ...settings, ...chosen], {
  cwd: at(""),
  stdio: "inherit",
  env: {
    ...process.env,
    STEADYSOCKET_PKG: other,
    NODE_OPTIONS: `--import=${new URL("other-package.mjs", import.meta.url)}`,
  },
});
process.exit(status ?? 1);
