import { table, writeBlock } from "../figures.mjs";

/** Writes what passed into the README: a line for each version of a tool. */
export function writeTable(outcomes, seconds) {
  const lines = new Map();
  for (const { tool, version, done } of outcomes) {
    const key = `${tool} ${version}`;
    lines.set(key, [tool, version, [...(lines.get(key)?.[2] ?? []), done]]);
  }
  const cells = [...lines.values()].map(([tool, version, done]) => [tool, version, done.join("; "), "✓"]);
  const took = `That takes ${duration(seconds)} with what npm has in its cache.`;
  writeBlock(
    "README.md",
    "packaging",
    `${table(["with", "version", "what was tried", ""], cells)}\n\n${took}`,
  );
}

function duration(seconds) {
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} minutes`;
}
