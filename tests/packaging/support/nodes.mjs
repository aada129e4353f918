import { execFileSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { Project } from "./project.mjs";

/** The versions of Node.js that the project `nodes` locks. */
export const MAJORS = ["20", "22", "24", "26"];

let installed;

/** An environment in which `node` is of this major version: the one that runs this, if it is, or else npm's. */
export async function withNode(major) {
  return { PATH: [await binaries(major), dirname(process.execPath), process.env.PATH].join(delimiter) };
}

async function binaries(major) {
  if (isOurs(major)) return dirname(process.execPath);
  installed ??= Project.fresh("nodes", { files: [] });
  const { folder } = await installed;
  const place = join(folder, `node_modules/node${major}-${process.platform}-${process.arch}/bin`);
  // Were it not there, the one that runs this would be found instead.
  const version = execFileSync(join(place, "node"), ["--version"], { encoding: "utf8" }).trim();
  if (!version.startsWith(`v${major}.`)) throw new Error(`Node.js ${version} is in ${place}`);
  return place;
}

/** Whether it is the one that runs this. */
export function isOurs(major) {
  return process.versions.node.startsWith(`${major}.`);
}
