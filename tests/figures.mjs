import { readFileSync, writeFileSync } from "node:fs";

/** Writes a figure where a file has its place: between `<!-- name -->` and `<!-- /name -->`. */
export function write(file, name, text) {
  const path = new URL(`../${file}`, import.meta.url);
  const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*(<!-- /${name} -->)`);
  writeFileSync(
    path,
    readFileSync(path, "utf8").replace(place, (_, begin, end) => begin + text + end),
  );
}
