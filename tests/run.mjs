// Runs every check and test, one after the other, and ends with a line `N passed, N failed`.
// `node tests/run.mjs lint` runs the checks of formats and lints alone.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";

const WASM = ["--target", "wasm32-unknown-unknown"];
const STRICT = ["--", "-D", "warnings"];
/** The port that tests/browser connects to: what is compiled into wasm cannot be told another. */
const BROWSER_PORT = "7357";
/** The long form, `make frameworks`, has Firefox and the oldest versions too. */
const FRAMEWORKS = ["npx", "playwright", "test", "--config", "tests/frameworks/playwright.config.mjs"];
const NEWEST = ["frameworks/(react|vue|svelte|solid)/", "--grep-invert", "React 18|Vue 3.3"];

const lints = [
  step("cargo fmt", "cargo fmt --check"),
  step("clippy, native", ["cargo", "clippy", "--all-targets", ...STRICT]),
  step("clippy, wasm", ["cargo", "clippy", ...WASM, "--features", "js", ...STRICT]),
  step("clippy, browser tests", ["cargo", "clippy", ...WASM, "--test", "browser", ...STRICT]),
  step("biome", "npx biome check --error-on-warnings ."),
];

const tests = [
  step("rustdoc", "cargo doc --no-deps --quiet", { env: { RUSTDOCFLAGS: "-D warnings" } }),
  step("native tests", "cargo test --quiet", {
    count: /test result: \w+\. (\d+) passed; (\d+) failed/g,
    show: /lives \d+, .*/,
  }),
  step("mutants, short", "node tests/mutants/run.mjs --short", { show: /^mutants .*/m }),
  step("npm package", "node pkg-template/build.mjs"),
  step("size budgets", "npx size-limit --json", { count: sizes }),
  step("examples", "node www/examples/build.mjs"),
  step("tsc, package", "npx tsc -p pkg-template"),
  nodeTests("package as published", "tests/package"),
  nodeTests("demo server", "www"),
  nodeTests("docs", "tests/docs"),
  browserTests("chromium", { CHROMEDRIVER: "/usr/bin/chromedriver" }),
  browserTests("firefox", { GECKODRIVER: "geckodriver" }),
  step("end to end", "npx playwright test --config tests/e2e/playwright.config.mjs", { count: playwright }),
  step("end to end over steadysocket/js, short", "node tests/e2e/plain-js/run.mjs --short", {
    count: playwright,
  }),
  step("frameworks, short", [...FRAMEWORKS, "--project=chromium", ...NEWEST], { count: playwright }),
  step("interoperability, short", "node tests/interop/run.mjs --short", {
    count: /^(\d+) passed, (\d+) failed$/gm,
  }),
  step("packaging, short", "node tests/packaging/run.mjs --short", {
    count: /^(\d+) passed, (\d+) failed$/gm,
  }),
  step("bench, short", "node tests/bench/bench.mjs --short"),
];

const total = { passed: 0, failed: 0 };
for (const { name, run } of process.argv[2] === "lint" ? lints : [...lints, ...tests]) {
  process.stdout.write(`${name} … `);
  const start = performance.now();
  const { passed, failed, output, figures } = await run();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    failed ? `FAILED (${passed} passed, ${failed} failed, ${seconds} s)` : `${passed} passed (${seconds} s)`,
  );
  if (figures) console.log(`  ${figures}`);
  if (failed) console.log(output);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);

/**
 * A command as a step. `count` finds what it says of passed and failed tests; without, the command itself is the test.
 * `show` finds figures worth telling.
 */
function step(name, command, { env = {}, count, show } = {}) {
  const [file, ...args] = typeof command === "string" ? command.split(" ") : command;
  return {
    name,
    async run() {
      const result = await execute(file, args, env, count);
      return { ...result, figures: show && result.output.match(show)?.[0] };
    },
  };
}

/** The tests of a folder, one by one: since Node 22 `--test` searches no folder, and before 21 it knows no patterns. */
function nodeTests(name, folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.mjs"));
  const paths = files.map((file) => `${folder}/${file}`);
  return step(name, ["node", "--test", "--test-reporter=tap", ...paths], {
    count: /^# pass (\d+)[\s\S]*?^# fail (\d+)/gm,
  });
}

async function execute(file, args, env, count) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await new Promise((resolve) => child.on("close", resolve).on("error", () => resolve(1)));
  const counted =
    typeof count === "function" ? count(output) : count ? sum(output, count) : { passed: 1, failed: 0 };
  // A runner that failed without a failed test, or ran none, did not do its work.
  if (code !== 0 && !counted.failed) counted.failed = 1;
  if (counted.passed + counted.failed === 0) counted.failed = 1;
  if (!count && code !== 0) counted.passed = 0;
  return { ...counted, output };
}

function sum(output, pattern) {
  const found = [...output.matchAll(pattern)];
  const add = (group) => found.reduce((sum, match) => sum + Number(match[group]), 0);
  return { passed: add(1), failed: add(2) };
}

function playwright(output) {
  const said = (word) => Number(output.match(new RegExp(`^ *(\\d+) ${word}`, "m"))?.[1] ?? 0);
  return { passed: said("passed"), failed: said("failed") + said("flaky") + said("did not run") };
}

/** tests/browser in one browser, with the demo server beside it. */
function browserTests(browser, driver) {
  const runner = {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
    // For the whole suite, in seconds; its own 20 are little on a busy machine.
    WASM_BINDGEN_TEST_TIMEOUT: "120",
    ...driver,
  };
  const { run } = step("", ["cargo", "test", ...WASM, "--test", "browser"], {
    env: runner,
    count: /test result: \w+\. (\d+) passed; (\d+) failed/g,
  });
  return {
    name: `browser tests, ${browser}`,
    async run() {
      const server = spawn("node", ["www/server.mjs", "--port", BROWSER_PORT]);
      const started = await Promise.race([
        new Promise((resolve) => server.stdout.once("data", () => resolve(true))),
        new Promise((resolve) => server.once("exit", () => resolve(false))),
      ]);
      if (!started)
        return { passed: 0, failed: 1, output: `the demo server did not start on ${BROWSER_PORT}` };
      try {
        return await run();
      } finally {
        server.kill();
      }
    },
  };
}

function sizes(output) {
  const said = (word) => output.match(new RegExp(`"passed": ${word}`, "g"))?.length ?? 0;
  return { passed: said("true"), failed: said("false") };
}
