// What tools read of the package: what can be imported from it, and where that is.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes package.json into the package in `pkg`, made of the template's own, with its entries. */
export function describe(template, pkg, entries) {
  const about = JSON.parse(readFileSync(join(template, "package.json"), "utf8"));
  const subpaths = entries.filter((name) => name !== "index");
  write(pkg, {
    ...about,
    files: [...about.files, ...subpaths],
    exports: exportsOf(entries),
    typesVersions: { "*": { "steadysocket.wasm": ["./dist/steadysocket.wasm.d.ts"] } },
  });
  for (const name of subpaths) writeFolder(pkg, name);
}

function exportsOf(entries) {
  const entry = (name) => [
    name === "index" ? "." : `./${name}`,
    {
      import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
      // What bundlers alone know: one that finds both ways to import gets one class, with one core.
      require: { types: `./dist/${name}.d.cts`, module: `./dist/${name}.js`, default: `./dist/${name}.cjs` },
    },
  ];
  return {
    ...Object.fromEntries(entries.map(entry)),
    "./steadysocket.wasm": {
      types: { import: "./dist/steadysocket.wasm.d.ts", require: "./dist/steadysocket.wasm.d.cts" },
      default: "./dist/steadysocket.wasm",
    },
    "./package.json": "./package.json",
  };
}

/** For what ignores `exports`: Parcel as it comes, and TypeScript's resolution of old. It finds a folder of the entry's name. */
function writeFolder(pkg, name) {
  mkdirSync(join(pkg, name));
  write(join(pkg, name), {
    main: `../dist/${name}.cjs`,
    module: `../dist/${name}.js`,
    types: `../dist/${name}.d.ts`,
  });
}

function write(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
