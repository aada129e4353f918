// Proves that the simulated lives catch what they are there for: breaks a copy of the core in one way after the other.
// `node tests/mutants/run.mjs` tries them all, `--short` the first four, a word those whose name has it.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { write } from "../figures.mjs";
import { mutants } from "./list.mjs";

const SHORT = 4;
/** Longer than this, and it goes round in circles, which is to fail. */
const LIMIT = 300_000;

const BROKEN = /((?:LIFE=\d+ broke|delays are not even): .*)/;
const FAILED = /^failures:\n {4}(.*)/m;

const root = new URL("../../", import.meta.url).pathname;
const scratch = `${root}target/mutants`;
const tree = `${scratch}/tree`;
const argument = process.argv[2] ?? "";
const chosen =
  argument === "--short" ? mutants.slice(0, SHORT) : mutants.filter(({ name }) => name.includes(argument));

copy();
const sound = await run("lives::");
if (sound.code !== 0) die(`the core itself does not pass:\n${sound.output}`);
console.log(sound.output.match(/^lives .*/m)?.[0]);

const survivors = { lives: [], all: [] };
for (const mutant of chosen) {
  const texts = mutant.edits.map(({ file }) => [file, readFileSync(root + file, "utf8")]);
  for (const edit of mutant.edits) apply(mutant, edit);
  const start = performance.now();
  const verdict = await judge(mutant);
  for (const [file, text] of texts) writeFileSync(`${tree}/${file}`, text);
  const seconds = `${((performance.now() - start) / 1000).toFixed(0)} s`;
  console.log(`rule ${mutant.rule}  ${mutant.name.padEnd(48)} ${seconds.padStart(5)}  ${verdict}`);
}
const count = (list) => `${chosen.length - list.length} of ${chosen.length}`;
console.log(
  `mutants killed by lives alone: ${count(survivors.lives)}; by all tests: ${count(survivors.all)}`,
);
if (chosen.length === mutants.length) {
  write(
    "docs/testing.md",
    "mutants",
    `${count(survivors.lives)} broken cores are killed by the lives alone.`,
  );
}
process.exit(survivors.lives.length ? 1 : 0);

/** What the lives say of it, and if they have nothing to say, what the other tests do. */
async function judge(mutant) {
  const lives = await run("lives::");
  if (lives.output.includes("could not compile")) die(`${mutant.name} does not compile:\n${lives.output}`);
  if (lives.code !== 0) return `killed: ${lives.output.match(BROKEN)?.[1] ?? lives.why}`;
  survivors.lives.push(mutant);
  const rest = await run("--skip lives::");
  if (rest.code !== 0) return `SURVIVES THE LIVES; killed: ${rest.output.match(FAILED)?.[1] ?? rest.why}`;
  survivors.all.push(mutant);
  return "SURVIVES";
}

function copy() {
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(`${tree}/tests`, { recursive: true });
  for (const path of ["Cargo.toml", "Cargo.lock", "src", "examples", "tests/sim", "tests/browser"])
    cpSync(root + path, `${tree}/${path}`, { recursive: true });
}

function apply({ name }, { file, search, replace }) {
  const text = readFileSync(`${tree}/${file}`, "utf8");
  const escaped = search.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(escaped.replace(/\s+/g, "\\s+"), "g");
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1) die(`${name}: found ${found} times in ${file}, not once: ${search}`);
  writeFileSync(
    `${tree}/${file}`,
    text.replace(pattern, () => replace),
  );
}

async function run(filter) {
  const args = ["test", "--quiet", "--offline", "--test", "sim", "--", ...filter.split(" ")];
  const env = {
    ...process.env,
    CARGO_TARGET_DIR: `${scratch}/target`,
    MUTANT: "1",
    RUSTFLAGS: "-A warnings",
  };
  const child = spawn("cargo", args, { cwd: tree, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let why = "it crashed";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const limit = setTimeout(() => {
    why = "it goes round in circles";
    process.kill(-child.pid, "SIGKILL");
  }, LIMIT);
  const code = await new Promise((resolve) => child.on("close", resolve).on("error", () => resolve(1)));
  clearTimeout(limit);
  return { code, output, why };
}

function die(text) {
  console.error(text);
  process.exit(2);
}
