// What TypeScript makes of the package: tests/types, compiled in projects that have installed it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { install } from "../packed.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const types = join(root, "tests/types");
// Within the repository, whose node_modules have what the type tests import besides.
const projects = join(root, "build/types-projects");
rmSync(projects, { recursive: true, force: true });
mkdirSync(projects, { recursive: true });
install([projects]);

/** Ours and theirs: no declaration goes unchecked. */
const OPTIONS = { skipLibCheck: false, paths: {} };
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const NODE = { module: "nodenext", moduleResolution: "nodenext" };
const compilers = {
  "TypeScript 7": join(root, "node_modules/typescript"),
  // The first that knows `using`, and so the declarations of what it calls.
  "TypeScript 5.2": join(types, "node_modules/typescript"),
};
const RECENT = ["recent.ts"];

for (const [compiler, path] of Object.entries(compilers)) {
  const sources = readdirSync(types).filter(
    (name) => name.endsWith(".ts") && (compiler === "TypeScript 7" || !RECENT.includes(name)),
  );
  test(`${compiler}, for a bundler`, () => compile(path, sources, "module", BUNDLER));
  test(`${compiler}, a module under Node`, () => compile(path, sources, "module", NODE));
  test(`${compiler}, CommonJS under Node`, () => compile(path, sources, "commonjs", NODE));
}
test("TypeScript 5.2, with the resolution that knows no `exports`", () => {
  const options = { module: "esnext", moduleResolution: "node10" };
  compile(compilers["TypeScript 5.2"], ["api.ts"], "module", options);
});

test("in a worker, whose library is another", () => {
  const project = create([], "module", { ...NODE, lib: ["es2022", "webworker"] });
  writeFileSync(
    join(project, "worker.ts"),
    `import { SteadySocket } from "steadysocket";
    import { init } from "steadysocket/slim";
    import wasm from "steadysocket/steadysocket.wasm";
    import { WebSocket } from "steadysocket/websocket";
    const socket: WebSocket = new SteadySocket("wss://example.com");
    socket.onmessage = ({ data }) => console.log(data, WebSocket.OPEN);
    init(wasm);`,
  );
  run(compilers["TypeScript 7"], project);
});

test("a mistake is one in each way", () => {
  for (const [type, options] of [
    ["module", BUNDLER],
    ["module", NODE],
    ["commonjs", NODE],
  ]) {
    const project = create([], type, options);
    writeFileSync(
      join(project, "mistake.ts"),
      `import { SteadySocket } from "steadysocket"; new SteadySocket(1);`,
    );
    assert.throws(() => run(compilers["TypeScript 7"], project), /mistake\.ts\(1,\d+\): error TS/);
  }
});

function compile(compiler, sources, type, options) {
  run(compiler, create(sources, type, options));
}

/** A project of its own, with files of tests/types. */
function create(sources, type, options) {
  const project = join(projects, String(readdirSync(projects).length));
  mkdirSync(project);
  for (const source of sources) cpSync(join(types, source), join(project, source));
  writeFileSync(join(project, "package.json"), JSON.stringify({ type }));
  const config = {
    extends: join(types, "tsconfig.json"),
    compilerOptions: { ...OPTIONS, ...options },
    include: ["*.ts"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
  return project;
}

function run(compiler, project) {
  const { stdout, status } = spawnSync(process.execPath, [join(compiler, "bin/tsc"), "-p", project], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
}
