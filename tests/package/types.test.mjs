// What TypeScript makes of the package: tests/types, compiled in projects that have installed it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile, Projects, ROOT } from "./project.mjs";

const types = join(ROOT, "tests/types");
const projects = new Projects("types");
const { exports } = JSON.parse(readFileSync(join(ROOT, "pkg/package.json"), "utf8"));
const entries = Object.keys(exports).filter((name) => exports[name].import);
const sources = { "every-entry.ts": importing(entries) };
for (const name of readdirSync(types).filter((name) => /\.tsx?$/.test(name))) {
  sources[name] = readFileSync(join(types, name), "utf8");
}
const { "recent.ts": _, ...lasting } = sources;
// Solid's own types are those of a module, which CommonJS may require since TypeScript 5.8.
const { "solid.ts": __, ...required } = lasting;
required["every-entry.ts"] = importing(entries.filter((name) => name !== "./solid"));
/** The first that knows `using`, and so the declarations of what it calls. */
const OLDEST = join(types, "node_modules/typescript");

const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const NODE = { module: "nodenext", moduleResolution: "nodenext" };
const WAYS = {
  "for a bundler": { options: BUNDLER },
  "a module under Node": { options: NODE },
  "CommonJS under Node": { options: NODE, type: "commonjs" },
};

for (const [way, settings] of Object.entries(WAYS)) {
  test(`TypeScript 7, ${way}`, () => compile(projects.create(sources, settings)));
  const known = settings.type === "commonjs" ? required : lasting;
  test(`TypeScript 5.2, ${way}`, () => compile(projects.create(known, settings), OLDEST));
  test(`a mistake is one, ${way}`, () => {
    const mistake = `import { SteadySocket } from "steadysocket"; new SteadySocket(1);`;
    const project = projects.create({ "mistake.ts": mistake }, settings);
    assert.throws(() => compile(project), /mistake\.ts\(1,\d+\): error TS/);
  });
}

test("TypeScript 5.2, with the resolution that knows no `exports`", () => {
  const options = { module: "esnext", moduleResolution: "node10" };
  compile(projects.create({ "api.ts": sources["api.ts"] }, { options }), OLDEST);
});

test("in a worker, whose library is another", () => {
  const worker = `
    import { SteadySocket } from "steadysocket";
    import { init } from "steadysocket/slim";
    import wasm from "steadysocket/steadysocket.wasm";
    import { WebSocket } from "steadysocket/websocket";
    const socket: WebSocket = new SteadySocket("wss://example.com");
    socket.onmessage = ({ data }) => console.log(data, WebSocket.OPEN);
    init(wasm);`;
  compile(projects.create({ "worker.ts": worker }, { options: { ...NODE, lib: ["es2022", "webworker"] } }));
});

function importing(names) {
  return names.map((name, i) => `export * as e${i} from "steadysocket${name.slice(1)}";`).join("\n");
}
