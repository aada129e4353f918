// The pages' links, and what the README says in figures.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { readCoreDefaults } from "./core-defaults.mjs";
import { readDeclarations } from "./declarations.mjs";
import { anchors, codes, links, readTables } from "./markdown.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const readme = read("README.md");

for (const page of ["README.md", "www/README.md", ...docs.map((name) => `docs/${name}`)]) {
  test(`${page}: its links lead to what there is`, () => {
    for (const { path, fragment } of links(read(page))) {
      const target = path ? normalize(join(dirname(page), path)) : page;
      assert.ok(existsSync(join(root, target)), `${path}`);
      if (fragment) assert.ok(anchors(read(target)).includes(fragment), `${path}#${fragment}`);
    }
  });
}

test("the README tells every option, and the core's defaults", () => {
  const { rows } = readTables(readme).find(({ heading }) => heading === "The options");
  const members = [
    ...readDeclarations([join(root, "pkg/dist/options.d.ts")])
      .get("SteadySocketOptions")
      .members.keys(),
  ];
  assert.deepEqual(rows.flatMap(({ option }) => codes(option)).sort(), members.sort());
  const told = new Map(
    rows.flatMap(({ option, default: value, "": text }) =>
      defaults(codes(option), codes(value), codes(text)),
    ),
  );
  for (const [path, value] of readCoreDefaults()) assert.equal(told.get(path), value, path);
});

for (const [place, file] of [
  ["size", "index.js"],
  ["js", "js.js"],
]) {
  test(`the README tells the size of ${file}`, () => {
    const figures = new RegExp(`<!-- ${place} -->.*?([\\d.]+) kB gzipped, ([\\d.]+) kB with brotli`);
    const [, ...told] = figures.exec(readme);
    const code = readFileSync(join(root, "pkg/dist", file));
    const sizes = [gzipSync(code, { level: 9 }), brotliCompressSync(code)].map(({ length }) => length / 1000);
    for (const [index, size] of sizes.entries()) {
      assert.ok(Math.abs(size - Number(told[index])) < 0.1, `${told[index]} kB is ${size}: make bench`);
    }
  });
}

/** What a row tells of options, by paths such as `backoff.min`; what a group has is told in braces, beside the default or as it. */
function defaults(options, values, texts) {
  const evaluate = (text) => new Function(`return (${text.replace("message, reply, ", "")})`)();
  return options.flatMap((option, index) => {
    const group = [values[index], texts[0]].find((text) => text?.startsWith("{"));
    if (!group) return values[index] ? [[option, evaluate(values[index])]] : [];
    return Object.entries(evaluate(group)).map(([name, value]) => [`${option}.${name}`, value]);
  });
}
