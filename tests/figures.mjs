// Figures that commands measure and write into the docs.

import { readFileSync, writeFileSync } from "node:fs";

/** Writes a text where a file has its place: between `<!-- name -->` and `<!-- /name -->`. */
export function write(file, name, text) {
  const path = new URL(`../${file}`, import.meta.url);
  const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*(<!-- /${name} -->)`);
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(place, (_, begin, end) => begin + text + end),
  );
}

/** The same for a paragraph or a table, which stands by itself. */
export function writeBlock(file, name, text) {
  write(file, name, `\n\n${text}\n\n`);
}

/** A table; the first `words` columns are words, the others figures. */
export function table(head, rows, words = head.length) {
  const rule = head.map((_, column) => (column < words ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
