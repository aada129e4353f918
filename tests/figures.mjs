import { readFileSync, writeFileSync } from "node:fs";

const DOC = new URL("../docs/testing.md", import.meta.url);

/** Writes a figure where docs/testing.md has its place: between `<!-- name -->` and `<!-- /name -->`. */
export function write(name, text) {
  const doc = readFileSync(DOC, "utf8");
  const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*(<!-- /${name} -->)`);
  writeFileSync(
    DOC,
    doc.replace(place, (_, begin, end) => begin + text + end),
  );
}
