// The package as it is published: the tarball that npm makes of pkg/, and what an install of it leaves.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pkg = fileURLToPath(new URL("../pkg", import.meta.url));

/** Packs it into a folder; returns the tarball's path. */
export function pack(folder) {
  const command = ["pack", pkg, "--pack-destination", folder, "--silent"];
  return join(folder, execFileSync("npm", command, { encoding: "utf8" }).trim());
}

/** Puts it in the `node_modules` of folders: a link would have other neighbours. */
export function install(folders) {
  const unpacked = mkdtempSync(join(tmpdir(), "steadysocket-"));
  try {
    execFileSync("tar", ["-xf", pack(unpacked), "-C", unpacked]);
    for (const folder of folders) {
      const place = join(folder, "node_modules/steadysocket");
      rmSync(place, { recursive: true, force: true });
      cpSync(join(unpacked, "package"), place, { recursive: true });
    }
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}
