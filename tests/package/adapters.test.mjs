// What an adapter adds to a page that has the core: less than size-limit, which cannot subtract, would say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LIMIT = 800;
const CORE = [".", "./slim", "./js", "./retry-after", "./websocket", "./websocket-js"];

const pkg = fileURLToPath(new URL("../../pkg", import.meta.url));
const { exports, peerDependencies } = JSON.parse(readFileSync(`${pkg}/package.json`, "utf8"));
const adapters = Object.keys(exports).filter((name) => exports[name].import && !CORE.includes(name));
const core = await weigh(["steadysocket"]);

test("there is an adapter for each framework", () => {
  for (const framework of ["react", "vue", "svelte"])
    assert.ok(adapters.includes(`./${framework}`), framework);
});

for (const adapter of adapters) {
  test(`${adapter.slice(2)} adds at most ${LIMIT} bytes`, async (t) => {
    const added = (await weigh(["steadysocket", `steadysocket${adapter.slice(1)}`])) - core;
    t.diagnostic(`${added} bytes`);
    assert.ok(added > 200 && added <= LIMIT, `${added} bytes`);
  });
}

/** A bundle's size, gzipped, without the frameworks. */
async function weigh(modules) {
  const { outputFiles } = await build({
    stdin: { contents: modules.map((name) => `export * from "${name}";`).join("\n"), resolveDir: pkg },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`]),
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
