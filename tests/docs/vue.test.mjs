// docs/vue.md against our declarations, and against the declarations and the code of VueUse.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readCoreDefaults } from "./core-defaults.mjs";
import { readDeclarations } from "./declarations.mjs";
import { codes, readTables } from "./markdown.mjs";
import { at, has, ours } from "./ours.mjs";

const THEIRS = at("tests/frameworks/vue/node_modules/@vueuse/core");
const theirs = readDeclarations([`${THEIRS}/dist/index.d.ts`]);
const code = readFileSync(`${THEIRS}/dist/index.js`, "utf8").match(
  /\/\/#region useWebSocket\/index\.ts([\s\S]*?)\/\/#endregion/,
)[1];
const core = readCoreDefaults();

const page = readFileSync(at("docs/vue.md"), "utf8");
const tables = readTables(page);

const membersOf = (declarations, type) => [...declarations.get(type).members.keys()];

test("their version is the one that is installed", () => {
  const { version } = JSON.parse(readFileSync(`${THEIRS}/package.json`, "utf8"));
  assert.ok(page.includes(`Their version is ${version};`), version);
});

for (const [heading, expected] of [
  [
    "Options",
    membersOf(theirs, "UseWebSocketOptions").flatMap((option) => [
      option,
      ...nested(option).map((name) => `${option}.${name}`),
    ]),
  ],
  ["What it returns, there and here", membersOf(theirs, "UseWebSocketReturn")],
  ["Status", texts(`${THEIRS}/dist/index.d.ts`, "WebSocketStatus")],
]) {
  test(`${heading}: each of theirs is there, and nothing that they do not have`, () => {
    const told = rowsOf(heading).flatMap((row) => codes(row.theirs).map((code) => code.replace(/\(.*/, "")));
    // What may schedule has a name of its own, declared elsewhere.
    assert.deepEqual(told.filter((name) => name !== "heartbeat.scheduler").toSorted(), expected.toSorted());
  });
}

test("their defaults are those of their code", () => {
  const defaults = new Map(
    [...code.matchAll(/\b(\w+) = ([\w.-]+)[,; ]/g)].map(([, name, value]) => [name, value]),
  );
  for (const [option, name] of [
    ["immediate", "immediate"],
    ["autoConnect", "autoConnect"],
    ["autoClose", "autoClose"],
    ["heartbeat.pongTimeout", "pongTimeout"],
    ["autoReconnect.retries", "retries"],
    ["autoReconnect.delay", "delay"],
  ]) {
    const told = rowFor(option)["their default"].replaceAll(",", "").replace("−", "-");
    const value = defaults.get(name);
    assert.equal(told, /\d/.test(value) ? String(Number(value)) : value, option);
  }
});

test("what they are called here exists", () => {
  const named = (heading) => rowsOf(heading).flatMap(({ here }) => codes(here));
  for (const code of named("Options")) assert.ok(has("VueSocketOptions", code.split(".")), code);
  for (const code of named("What it returns, there and here")) assert.ok(has("VueSocket", [code]), code);
  for (const { here } of tables.flatMap(({ rows }) => rows).filter(({ here }) => here !== undefined))
    assert.ok(here === "none" || codes(here).length > 0, here);
});

test("our defaults are those of the core", () => {
  const told = rowsOf("Options").filter(({ here }) => core.has(codes(here)[0]));
  assert.equal(told.length, 3);
  for (const row of told) assert.equal(value(row.default), core.get(codes(row.here)[0]), row.here);
});

test("each of our states is that of one of theirs", () => {
  const states = texts(at("pkg/dist/options.d.ts"), "State");
  assert.deepEqual(
    rowsOf("Status")
      .flatMap(({ here }) => codes(here))
      .toSorted(),
    states.toSorted(),
  );
  const [row] = rowsOf("What it returns");
  assert.deepEqual(codes(Object.values(row).join(" ")).slice(1).toSorted(), states.toSorted());
});

test("the members and handlers are all told of", () => {
  const [returned, options] = tables.filter(({ heading }) => heading === "What it returns");
  const first = ({ rows }) => rows.map((row) => codes(Object.values(row)[0]));
  const told = first(returned).flat();
  assert.deepEqual(
    told.map((code) => code.replace(/\(.*/, "")).toSorted(),
    membersOf(ours, "VueSocket").toSorted(),
  );
  const [handlers, ...others] = first(options);
  assert.deepEqual(handlers.toSorted(), membersOf(ours, "SessionHandlers").toSorted());
  assert.deepEqual(others.flat().toSorted(), membersOf(ours, "VueSocketOptions").toSorted());
});

function rowsOf(heading) {
  return (tables.find((table) => table.heading === heading) ?? assert.fail(`no table: ${heading}`)).rows;
}

/** The row that tells of an option of theirs. */
function rowFor(option) {
  return rowsOf("Options").find((row) => codes(row.theirs).includes(option));
}

/** The number that a cell tells. */
function value(cell) {
  return cell === "Infinity" ? Number.POSITIVE_INFINITY : Number(cell.replaceAll(",", ""));
}

/** The members of the object that an option may be. */
function nested(option) {
  const { text } = theirs.get("UseWebSocketOptions").members.get(option);
  const object = text.match(/\{[\s\S]*\}/)?.[0] ?? "";
  return [...object.matchAll(/^\s*(\w+)\?: /gm)].map(([, name]) => name);
}

/** The texts that a type may be. */
function texts(path, type) {
  const declarations = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const [declaration] = declarations.match(new RegExp(`type ${type} =[\\s\\S]*?;`));
  return [...declaration.matchAll(/["'](\w+)["']/g)].map(([, text]) => text);
}
