// docs/migrating.md against the declarations and the code of the packages that it speaks of, and against our own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readCoreDefaults } from "./core-defaults.mjs";
import { readExports, readObject } from "./declarations.mjs";
import { codes, readTables } from "./markdown.mjs";
import { at, declarationsIn, has, ours } from "./ours.mjs";

const RWS = "node_modules/reconnecting-websocket/dist";
const PS = "node_modules/partysocket";
const rws = declarationsIn(RWS);
const ps = declarationsIn(PS);
const core = readCoreDefaults();

const page = readFileSync(at("docs/migrating.md"), "utf8");
const tables = readTables(page);

/** What has members that the page names. */
const OURS = [
  "SteadySocket",
  "SteadySocketOptions",
  "UseSteadySocketOptions",
  "SteadySocketEventMap",
  "Event",
];
/** Types of the browser's and of the language that the page names. */
const FOREIGN = ["Event", "URL", "string", "undefined"];

const names = (declarations, ...types) => types.flatMap((type) => [...declarations.get(type).members.keys()]);
const without = (all, some) => all.filter((name) => !some.includes(name));
const EVENT_TYPES = ["WebSocketEventMap", "CloseEvent", "ErrorEvent"];
const members = { rws: names(rws, "ReconnectingWebSocket"), ps: names(ps, "ReconnectingWebSocket") };

/** What the page must tell of, table by table. */
const SUBJECTS = [
  ["Options", 0, [...names(rws, "Options"), ...names(ps, "Options")]],
  ["Members", 0, members.rws],
  ["Members", 1, without(members.ps, members.rws)],
  [
    "Events",
    0,
    without([...names(rws, "Event", ...EVENT_TYPES), ...names(ps, ...EVENT_TYPES)], ["constructor"]),
  ],
  [
    "Types",
    0,
    [
      ...readExports(at(`${RWS}/reconnecting-websocket.d.ts`)),
      ...readExports(at(`${PS}/index.d.ts`)),
      ...readExports(at(`${PS}/ws.d.ts`)),
    ],
  ],
  ["PartySocket", 0, names(ps, "PartySocketOptions", "PartyFetchOptions")],
  ["PartySocket", 1, names(ps, "PartySocket")],
  ["React hooks", 0, readExports(at(`${PS}/react.d.ts`))],
  ["React hooks", 1, names(ps, "SocketOptions", "EventHandlerOptions")],
];

for (const [heading, index, expected] of SUBJECTS) {
  test(`${heading}, table ${index + 1}: each of theirs is there, and nothing that they do not have`, () => {
    const told = rowsOf(heading, index).flatMap((row) => codes(Object.values(row)[0]).map(lastName));
    assert.deepEqual(sorted(told), sorted(expected));
  });
}

test("an option that one of them does not have has a dash for it, and no other has", () => {
  for (const row of rowsOf("Options", 0)) {
    const [option] = codes(row.theirs);
    for (const [column, library] of Object.entries({ RWS: rws, PS: ps })) {
      assert.equal(row[column] === "–", !library.get("Options").members.has(option), `${option}, ${column}`);
    }
  }
});

test("their defaults are those of their code", () => {
  const code = {
    RWS: readObject(at(`${RWS}/reconnecting-websocket-mjs.js`), "DEFAULT"),
    PS: readObject(at(`${PS}/dist/ws.js`), "DEFAULT"),
  };
  for (const [column, defaults] of Object.entries(code)) {
    const told = rowsOf("Options", 0).filter(({ theirs }) => defaults.has(codes(theirs)[0]));
    assert.equal(told.length, defaults.size, column);
    for (const row of told) {
      const [option] = codes(row.theirs);
      assert.deepEqual(values(row[column]), possible(defaults.get(option)), `${option}, ${column}`);
    }
  }
});

test("what they are called here exists", () => {
  const cells = tables.flatMap(({ rows }) => rows.map(({ here }) => here ?? ""));
  const named = cells.filter((cell) => !cell.startsWith("none")).flatMap(codes);
  assert.ok(named.length > 30, `${named.length} names`);
  for (const code of named) assert.ok(exists(code), `${code} is none of ours`);
});

test("the names in the other columns that look like ours exist", () => {
  const cells = tables.flatMap(({ rows }) => rows.map((row) => row["what differs"] ?? ""));
  const paths = cells.flatMap(codes).filter((code) => /^[a-z]\w*(\(\))?\.\w+$/.test(code));
  const foreign = ["event.target"];
  for (const code of without(paths, foreign)) assert.ok(exists(code), `${code} is none of ours`);
  assert.ok(paths.length > 3);
});

test("our defaults are those of the core", () => {
  const told = rowsOf("Options", 0).filter(({ here }) => core.has(codes(here)[0]));
  assert.equal(told.length, 7);
  for (const { here, default: cell } of told)
    assert.deepEqual(values(cell), [core.get(codes(here)[0])], here);
  const [messages, bytes] = [core.get("queue.maxMessages"), core.get("queue.maxBytes")];
  const limits = `${messages.toLocaleString("en")} messages, ${bytes / 2 ** 20} MiB`;
  assert.ok(page.includes(limits), limits);
});

test("the options' own documentation tells the defaults of the core", () => {
  for (const [path, value] of core) {
    const { text } = optionAt(path);
    const [, told] = /Default:? `?([^.`;]+)`?[.;]/.exec(text) ?? assert.fail(`${path} tells no default`);
    assert.deepEqual(
      told === "as long as it takes" ? [Number.POSITIVE_INFINITY] : values(told),
      [value],
      path,
    );
  }
});

test("the codes that end a session are those that the option `retry` tells", () => {
  const listed = (text) => text.match(/\b[1-4]\d{3}(–\d{4})?/g);
  const [first] = rowsOf("What surprises first", 0);
  assert.deepEqual(listed(Object.values(first).join(" ")), listed(optionAt("retry").text));
});

function rowsOf(heading, index) {
  const { rows } =
    tables.filter((table) => table.heading === heading)[index] ?? assert.fail(`no table: ${heading}`);
  return rows;
}

/** `PartySocket.fetch()` is `fetch`. */
function lastName(code) {
  return code.replace(/\(.*/, "").split(".").at(-1);
}

function sorted(all) {
  return [...new Set(all)].sort();
}

/** The values that a cell tells of, first and last of what may be drawn. */
function values(cell) {
  const named = { Infinity: Number.POSITIVE_INFINITY, false: false, true: true };
  const units = { KiB: 2 ** 10, MiB: 2 ** 20 };
  return [...cell.matchAll(/(\d[\d,.]*)(?: ([KM]iB))?|Infinity|false|true/g)].map(([word, number, unit]) =>
    number ? Number(number.replaceAll(",", "")) * (units[unit] ?? 1) : named[word],
  );
}

/** What an expression can give: one value, or the least and the greatest if it is drawn. */
function possible(expression) {
  const evaluate = new Function("Math", `return ${expression}`);
  return [...new Set([0, 1].map((drawn) => evaluate({ random: () => drawn })))];
}

/** Whether it names something of ours: a type, or a member, an option or an event, and what these have. */
function exists(code) {
  const types = code.match(/\w+/g);
  if (types.every((name) => ours.has(name) || FOREIGN.includes(name))) return true;
  const path = code.replace(/\(.*?\)/g, "").split(".");
  return OURS.some((type) => has(type, path));
}

/** The declaration of an option such as `backoff.min`. */
function optionAt(path) {
  const find = (type, [name, ...rest]) => {
    const member = ours.get(type)?.members.get(name);
    if (!member || rest.length === 0) return member;
    return member.mentions.map((mentioned) => find(mentioned, rest)).find(Boolean);
  };
  return find("SteadySocketOptions", path.split("."));
}
