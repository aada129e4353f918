import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const pkg = fileURLToPath(new URL("../../../pkg", import.meta.url));

/** Puts the package, as it is published, in each framework's folder: a link would have other neighbours. */
export default function install() {
  const folder = mkdtempSync(join(tmpdir(), "steadysocket-"));
  try {
    execFileSync("npm", ["pack", pkg, "--pack-destination", folder, "--silent"], { stdio: "pipe" });
    const [tarball] = readdirSync(folder);
    execFileSync("tar", ["-xf", tarball], { cwd: folder });
    for (const framework of readdirSync(here)) {
      if (!existsSync(join(here, framework, "package.json"))) continue;
      const place = join(here, framework, "node_modules/steadysocket");
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place, { recursive: true });
      cpSync(join(folder, "package"), place, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
