// What the package declares, for the pages that speak of it.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDeclarations } from "./declarations.mjs";

/** A path in the repository. */
export const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What is declared in the files of a folder, see `readDeclarations`. */
export const declarationsIn = (folder) =>
  readDeclarations(
    readdirSync(at(folder))
      .filter((name) => name.endsWith(".d.ts"))
      .map((name) => at(`${folder}/${name}`)),
  );

export const ours = declarationsIn("pkg/dist");
assert.ok(ours.size > 0, "the package is built: `make pack`");

/** What ours have from the browser. */
const INHERITED = {
  EventTarget: ["dispatchEvent"],
  Event: ["type", "target"],
  CloseEvent: ["code", "reason", "wasClean"],
};

/** Whether a type of ours has a member, which has a member, and so on. */
export function has(type, [name, ...path]) {
  if (INHERITED[type]?.includes(name)) return path.length === 0;
  const { bases, members } = ours.get(type) ?? { bases: [], members: new Map() };
  const member = members.get(name);
  if (member && (path.length === 0 || member.mentions.some((mentioned) => has(mentioned, path)))) return true;
  return bases.some((base) => has(base, [name, ...path]));
}
