// The source maps, as they are published.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const files = readdirSync(at("pkg/dist")).filter((name) => /\.c?js$/.test(name));

for (const file of files) {
  const code = readFileSync(at(`pkg/dist/${file}`), "utf8");
  const payload = JSON.parse(readFileSync(at(`pkg/dist/${file}.map`), "utf8"));

  test(`${file} names its map, which has every source and no path of this machine`, () => {
    assert.match(code, new RegExp(`\\n//# sourceMappingURL=${file.replaceAll(".", "\\.")}\\.map\\n?$`));
    assert.equal(payload.version, 3);
    for (const source of payload.sources) assert.match(source, /^\.\.\/(src|generated)\/[\w-]+(\.tsx?)?$/);
    assert.equal(payload.sourcesContent.length, payload.sources.length);
    for (const text of payload.sourcesContent) assert.ok(text);
    assert.ok(!JSON.stringify(payload).includes(at("")));
  });

  test(`${file}: a member that is named once maps to where its source names it`, () => {
    const map = new SourceMap(payload);
    const found = landmarks(code, payload);
    assert.ok(found.length > 0);
    for (const { name, line, column } of found) {
      const { originalSource, originalLine } = map.findEntry(line, column);
      const source = payload.sourcesContent[payload.sources.indexOf(originalSource)];
      assert.ok(
        source.split("\n")[originalLine].includes(name),
        `${name} at ${originalSource}:${originalLine + 1}`,
      );
    }
  });
}

for (const [kind, load] of [
  ["js", 'import { SteadySocket } from "./pkg/dist/index.js";'],
  ["cjs", 'const { SteadySocket } = require("./pkg/dist/index.cjs");'],
]) {
  test(`an error's stack tells of the source: index.${kind}`, () => {
    const source = `${load} try { new SteadySocket("no URL"); } catch ({ stack }) { console.log(stack); }`;
    const type = kind === "js" ? "module" : "commonjs";
    const flags = ["--enable-source-maps", `--input-type=${type}`, "--eval", source];
    const stack = execFileSync(process.execPath, flags, { cwd: at(""), encoding: "utf8" });
    const [, name, line] = /\/src\/([\w-]+\.ts):(\d+):\d+/.exec(stack) ?? assert.fail(stack);
    const text = readFileSync(at(`pkg-template/src/${name}`), "utf8").split("\n")[line - 1];
    assert.match(text, /throw new |new DOMException/, stack);
  });
}

/** Members that are named once in the code and once in the sources, and where in the code. */
function landmarks(code, { sourcesContent }) {
  const sources = unique(sourcesContent.join("\n"));
  return [...unique(code)]
    .filter(([name]) => sources.has(name))
    .map(([name, index]) => {
      const before = code.slice(0, index).split("\n");
      return { name, line: before.length - 1, column: before.at(-1).length };
    });
}

/** The members that a text names once, and where. */
function unique(text) {
  const found = new Map();
  for (const { 0: name, index } of text.matchAll(/(?<=[\w)\]]\.)[a-z]\w{3,}/gi)) {
    found.set(name, found.has(name) ? undefined : index);
  }
  return new Map([...found].filter(([, index]) => index));
}
