// docs/react.md against our declarations, and against the declarations and the code of react-use-websocket.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { readCoreDefaults } from "./core-defaults.mjs";
import { readDeclarations, readExports } from "./declarations.mjs";
import { codes, readTables } from "./markdown.mjs";
import { at, has, ours } from "./ours.mjs";

const THEIRS = at("tests/frameworks/react/node_modules/react-use-websocket");
const theirs = readDeclarations([`${THEIRS}/dist/lib/types.d.ts`]);
const constants = createRequire(import.meta.url)(`${THEIRS}/dist/lib/constants.js`);
/** Another adapter's types have the same names. */
const hook = readDeclarations(["react", "shared-session"].map((name) => at(`pkg/dist/${name}.d.ts`)));
const core = readCoreDefaults();

const page = readFileSync(at("docs/react.md"), "utf8");
const tables = readTables(page);

const membersOf = (declarations, type) => [...declarations.get(type).members.keys()];

test("their version is the one that is installed", () => {
  const { version } = JSON.parse(readFileSync(`${THEIRS}/package.json`, "utf8"));
  assert.ok(page.includes(`Their version is ${version};`), version);
});

for (const [heading, expected] of [
  ["Arguments", parameters()],
  [
    "Options",
    [
      ...membersOf(theirs, "Options"),
      ...membersOf(theirs, "HeartbeatOptions").map((option) => `heartbeat.${option}`),
    ],
  ],
  ["What it returns, there and here", membersOf(theirs, "WebSocketHook")],
  ["States", Object.keys(constants.ReadyState).filter((name) => Number.isNaN(Number(name)))],
  ["Exports", [...readExports(`${THEIRS}/dist/index.d.ts`), "default"]],
]) {
  test(`${heading}: each of theirs is there, and nothing that they do not have`, () => {
    const told = rowsOf(heading).flatMap((row) => codes(row.theirs).map((code) => code.replace(/\(.*/, "")));
    assert.deepEqual(told.toSorted(), expected.toSorted());
  });
}

test("their defaults are those of their code", () => {
  const { DEFAULT_HEARTBEAT, DEFAULT_RECONNECT_INTERVAL_MS, DEFAULT_RECONNECT_LIMIT } = constants;
  for (const [option, expected] of Object.entries({
    reconnectInterval: DEFAULT_RECONNECT_INTERVAL_MS,
    reconnectAttempts: DEFAULT_RECONNECT_LIMIT,
    "heartbeat.interval": DEFAULT_HEARTBEAT.interval,
    "heartbeat.timeout": DEFAULT_HEARTBEAT.timeout,
  })) {
    assert.equal(value(rowFor(option)["their default"]), expected, option);
  }
  assert.equal(rowFor("heartbeat.message")["their default"], `“${DEFAULT_HEARTBEAT.message}”`);
});

test("what they are called here exists", () => {
  const named = (heading) => rowsOf(heading).flatMap(({ here }) => codes(here));
  for (const code of [...named("Arguments"), ...named("Exports")]) assert.ok(ours.has(code), code);
  for (const code of named("Options")) assert.ok(has("UseSteadySocketOptions", code.split(".")), code);
  for (const code of named("What it returns, there and here"))
    assert.ok(has("UseSteadySocketReturn", [code]), code);
  for (const { here } of tables.flatMap(({ rows }) => rows).filter(({ here }) => here !== undefined))
    assert.ok(here === "none" || codes(here).length > 0, here);
});

test("our defaults are those of the core", () => {
  const told = rowsOf("Options").filter(({ here }) => core.has(codes(here)[0]));
  assert.equal(told.length, 3);
  for (const row of told) assert.equal(value(row.default), core.get(codes(row.here)[0]), row.here);
});

test("each of our states is that of one of theirs", () => {
  const declaration = readFileSync(at("pkg/dist/options.d.ts"), "utf8").match(
    /export type State =([\s\S]*?)\nexport /,
  )[1];
  const states = [...declaration.matchAll(/"(\w+)"/g)].map(([, state]) => state);
  const told = rowsOf("States").flatMap(({ here }) => codes(here));
  assert.deepEqual(told.toSorted(), states.toSorted());
  assert.deepEqual(codes(rowStarting("What it returns", "state")).slice(1).toSorted(), states.toSorted());
});

test("the members and handlers are all told of", () => {
  const [returned, options] = tables.filter(({ heading }) => heading === "What it returns");
  const first = ({ rows }) => rows.map((row) => codes(Object.values(row)[0]));
  assert.deepEqual(
    first(returned)
      .flat()
      .map((code) => code.replace(/\(.*/, ""))
      .toSorted(),
    [...membersOf(hook, "SessionView"), ...membersOf(hook, "UseSteadySocketReturn")].toSorted(),
  );
  const [handlers, ...others] = first(options);
  assert.deepEqual(handlers.toSorted(), membersOf(hook, "SessionHandlers").toSorted());
  assert.deepEqual(others.flat().toSorted(), membersOf(hook, "UseSteadySocketOptions").toSorted());
});

function rowsOf(heading) {
  return (tables.find((table) => table.heading === heading) ?? assert.fail(`no table: ${heading}`)).rows;
}

/** The row that tells of an option of theirs. */
function rowFor(option) {
  return rowsOf("Options").find((row) => codes(row.theirs).includes(option));
}

/** The text of the row whose first cell is this code. */
function rowStarting(heading, code) {
  const row = rowsOf(heading).find((row) => Object.values(row)[0] === `\`${code}\``);
  return Object.values(row).join(" ");
}

/** The number that a cell tells. */
function value(cell) {
  return cell === "Infinity" ? Number.POSITIVE_INFINITY : Number(cell.replaceAll(",", ""));
}

/** The names of their hook's arguments. */
function parameters() {
  const [declaration] = readFileSync(`${THEIRS}/dist/lib/use-websocket.d.ts`, "utf8").match(
    /useWebSocket: .*/,
  );
  return [...declaration.matchAll(/(\w+)\??: /g)].map(([, name]) => name).slice(1);
}
