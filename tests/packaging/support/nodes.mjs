import { delimiter, dirname } from "node:path";
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
  return `${folder}/node_modules/node${major}-${process.platform}-${process.arch}/bin`;
}

/** Whether it is the one that runs this. */
export function isOurs(major) {
  return process.versions.node.startsWith(`${major}.`);
}
