import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/**
 * Builds a folder's application with its own Vite, and returns where it is. One build serves all workers of a run: they have the same
 * parent.
 */
export async function build(folder) {
  const work = join(folder, ".work");
  const place = join(work, `built-${process.ppid}`);
  mkdirSync(work, { recursive: true });
  for (const name of readdirSync(work)) {
    if (name.startsWith("built-") && join(work, name) !== place) {
      rmSync(join(work, name), { recursive: true, force: true });
    }
  }
  if (!isFirst(place)) return builtByAnother(place);
  try {
    await promisify(execFile)(process.execPath, [join(folder, "node_modules/vite/bin/vite.js"), "build"], {
      cwd: folder,
      env: { ...process.env, OUTPUT: place, NODE_ENV: "production" },
    });
  } catch (error) {
    writeFileSync(join(place, "failed"), "");
    throw new Error(`vite build failed: ${error.stdout}\n${error.stderr}`);
  }
  writeFileSync(join(place, "ready"), "");
  return place;
}

function isFirst(place) {
  try {
    mkdirSync(place);
    return true;
  } catch {
    return false;
  }
}

async function builtByAnother(place) {
  while (!existsSync(join(place, "ready"))) {
    if (existsSync(join(place, "failed"))) throw new Error("another worker could not build the application");
    await sleep(100);
  }
  return place;
}
