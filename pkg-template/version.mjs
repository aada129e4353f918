// Makes a version of the changes that wait in .changeset: in the changelog, for the package, and for the crate as well.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const version = () => JSON.parse(readFileSync(at("package.json"), "utf8")).version;

const before = version();
execFileSync("npx", ["changeset", "version"], { cwd: at("."), stdio: "inherit" });
const after = version();
for (const file of ["../Cargo.toml", "../Cargo.lock"]) {
  const text = readFileSync(at(file), "utf8");
  writeFileSync(
    at(file),
    text.replace(
      `name = "steadysocket"\nversion = "${before}"`,
      `name = "steadysocket"\nversion = "${after}"`,
    ),
  );
}
console.log(before === after ? `no changes wait in pkg-template/.changeset` : `${before} → ${after}`);
