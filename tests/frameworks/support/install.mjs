import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "../../packed.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));

/** Puts the package, as it is published, in each framework's folder. */
export default function installInAll() {
  const folders = readdirSync(here).map((name) => join(here, name));
  install(folders.filter((folder) => existsSync(join(folder, "package.json"))));
}
