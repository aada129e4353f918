import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "../packed.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const TYPESCRIPT = join(ROOT, "node_modules/typescript");

/** TypeScript projects that have installed the package as it is published. */
export class Projects {
  #folder;
  #made = 0;

  constructor(name) {
    // Within the repository, whose node_modules have what is imported besides.
    this.#folder = join(ROOT, "build", name);
    rmSync(this.#folder, { recursive: true, force: true });
    install([this.#folder]);
  }

  /** Makes one of texts by file name; returns its folder. */
  create(files, { type = "module", options = {} }) {
    const project = join(this.#folder, String(++this.#made));
    const config = {
      extends: join(ROOT, "tests/types/tsconfig.json"),
      compilerOptions: { skipLibCheck: false, paths: {}, ...options },
      include: ["**/*"],
    };
    const all = {
      ...files,
      "package.json": JSON.stringify({ type }),
      "tsconfig.json": JSON.stringify(config),
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(project, name)), { recursive: true });
      writeFileSync(join(project, name), text);
    }
    return project;
  }
}

/** Compiles a project; an error in it or in the package throws. What a framework's own types ask of a compiler is not ours. */
export function compile(project, compiler = TYPESCRIPT) {
  const command = [join(compiler, "bin/tsc"), "-p", project];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  if (status === 0) return;
  const messages = stdout.split(/\n(?! )/).filter(Boolean);
  const ours = messages.filter((message) => !message.startsWith("node_modules/"));
  assert.ok(messages.length > 0 && ours.length === 0, ours.join("\n") || stderr);
}
