// What npm would publish.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { anchors, links } from "../docs/markdown.mjs";
import { pack } from "../packed.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "steadysocket-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const tarball = pack(folder);
execFileSync("tar", ["-xf", tarball, "-C", folder]);
const at = (path) => join(folder, "package", path);
const files = readdirSync(at(""), { recursive: true }).filter((path) => statSync(at(path)).isFile());
const manifest = JSON.parse(readFileSync(at("package.json"), "utf8"));
const crate = readFileSync(join(root, "Cargo.toml"), "utf8");

test("publint has nothing to say", () => {
  const said = check("publint", "run", "--strict", tarball);
  assert.match(said, /All good!/, said);
});

test("its types resolve and fit, however they are looked up", () => {
  const said = check("attw", "--format", "ascii", "--no-color", "--no-emoji", tarball);
  assert.match(said, /No problems found/, said);
});

test("nothing is missing and nothing is too much", () => {
  const entries = Object.values(manifest.exports).flatMap(pathsIn);
  for (const path of [...entries, manifest.main, manifest.module, manifest.types, manifest.unpkg]) {
    assert.ok(existsSync(at(path)), path);
  }
  const pages = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"];
  // For tools that do not know `exports`: what they find is the same.
  const subpaths = Object.keys(manifest.exports).filter(
    (name) => manifest.exports[name].import && name !== ".",
  );
  const folders = subpaths.map((name) => `${name.slice(2)}/package.json`);
  for (const [index, folder] of folders.entries()) {
    const { import: module, require: main } = manifest.exports[subpaths[index]];
    const expected = { main: main.default, module: module.default, types: module.types };
    const told = Object.entries(JSON.parse(readFileSync(at(folder), "utf8")));
    assert.deepEqual(
      Object.fromEntries(told.map(([field, path]) => [field, path.replace("../", "./")])),
      expected,
    );
  }
  const foreign = files.filter(
    (path) =>
      !pages.includes(path) &&
      !folders.includes(path) &&
      !/^docs\/[\w-]+\.(md|svg)$/.test(path) &&
      !/^dist\/[\w.-]+\.(js|cjs|d\.ts|d\.cts|wasm)(\.map)?$/.test(path),
  );
  assert.deepEqual(foreign, []);
  assert.deepEqual(
    pages.filter((page) => !files.includes(page)),
    [],
  );
  const code = files.filter((path) => /\.c?js$/.test(path));
  assert.deepEqual(
    code.filter((path) => !files.includes(`${path}.map`)),
    [],
    "without a source map",
  );
  // Besides the entries there is the classic script alone; what is shared, modules import of each other.
  const unreachable = code.filter((path) => ![...entries, manifest.unpkg].includes(`./${path}`));
  assert.deepEqual(unreachable, []);
});

test("a bundle that imports and requires it has one class", async () => {
  const contents = `
    import { SteadySocket } from "steadysocket";
    const other = require("steadysocket").SteadySocket;
    globalThis.found = { SteadySocket, other };`;
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(at(""), join(folder, "node_modules/steadysocket"));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: "iife",
    write: false,
  });
  const context = createContext({ EventTarget, Blob });
  runInContext(outputFiles[0].text, context);
  assert.equal(context.found.SteadySocket.name, "SteadySocket");
  assert.equal(context.found.other, context.found.SteadySocket);
});

for (const file of ["react.js", "react.cjs"]) {
  test(`${file} begins with "use client"`, () => {
    // Whoever looks for it need not look past anything else.
    assert.match(readFileSync(at(`dist/${file}`), "utf8"), /^["']use client["'];/);
  });
}

test("nothing tells of the machine that built it", () => {
  for (const file of files) {
    const text = readFileSync(at(file), "latin1");
    for (const path of [root, `${homedir()}/`]) assert.ok(!text.includes(path), `${file}: ${path}`);
  }
});

test("what is said of it", () => {
  const { sideEffects, type, engines, license, keywords, description } = manifest;
  assert.deepEqual(
    { sideEffects, type, engines, license },
    {
      sideEffects: false,
      type: "module",
      engines: { node: ">=20" },
      license: "MIT OR Apache-2.0",
    },
  );
  assert.ok(description.length > 20);
  for (const keyword of ["websocket", "reconnect", "react", "vue", "svelte"])
    assert.ok(keywords.includes(keyword), keyword);
  assert.equal(manifest.scripts, undefined, "nothing runs at an install");
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.unpkg, manifest.jsdelivr);
  const { peerDependencies, peerDependenciesMeta } = manifest;
  assert.deepEqual(
    Object.keys(peerDependencies),
    Object.keys(peerDependenciesMeta),
    "frameworks are optional",
  );
  // npm refuses to install beside another version that happens to be there, though the core needs none of them.
  for (const [name, versions] of Object.entries(peerDependencies)) assert.equal(versions, "*", name);
});

test("the crate is of the same version, licence and description", () => {
  for (const field of ["name", "version", "license", "description"]) {
    assert.equal(new RegExp(`^${field} = "(.*)"$`, "m").exec(crate)[1], manifest[field], field);
  }
  const changelog = readFileSync(at("CHANGELOG.md"), "utf8");
  assert.match(changelog, new RegExp(`^## ${manifest.version.replaceAll(".", "\\.")}$`, "m"));
});

test("the pages' links lead to what is in the package", () => {
  const pages = files.filter((path) => path.endsWith(".md"));
  assert.ok(pages.length > 5);
  for (const page of pages) {
    for (const { path, fragment } of links(readFileSync(at(page), "utf8"))) {
      const target = path ? normalize(join(dirname(page), path)) : page;
      assert.ok(files.includes(target), `${page}: ${path}`);
      if (fragment)
        assert.ok(anchors(readFileSync(at(target), "utf8")).includes(fragment), `${path}#${fragment}`);
    }
  }
});

/** Runs a tool; what it says is the outcome. */
function check(tool, ...args) {
  const { stdout, stderr, status } = spawnSync("npx", [tool, ...args], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, `${stdout}${stderr}`);
  return stdout;
}

function pathsIn(target) {
  return typeof target === "string" ? [target] : Object.values(target).flatMap(pathsIn);
}
