// Builds the examples into build/examples, with the package as `make pack` has built it.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { install } from "../../tests/packed.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

install([here]);
run("vue-tsc", "--project", "tsconfig.json");
run("svelte-check", "--tsconfig", "tsconfig.json", "--fail-on-warnings");
run("vite", "build", "--logLevel", "warn");
console.log("examples: checked, and built in build/examples");

function run(tool, ...args) {
  try {
    execFileSync("npx", [tool, ...args], { cwd: here, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  } catch (error) {
    console.error(`examples: ${tool} failed\n${error.stdout}${error.stderr}`);
    process.exit(1);
  }
}
