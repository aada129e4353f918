import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes the cases of `folder` as a table, where `page` has its place: between `<!-- folder -->` and `<!-- /folder -->`. */
export async function writeTable(root, { folder, page, head }, cases) {
  const path = join(root, page);
  const own = cases.filter((each) => each.folder === folder && each.row);
  if (!existsSync(path) || own.length === 0) return;
  const place = new RegExp(`(<!-- ${folder} -->)[\\s\\S]*(<!-- /${folder} -->)`);
  const text = await readFile(path, "utf8");
  await writeFile(
    path,
    text.replace(place, (_, begin, end) => `${begin}\n\n${table(head, own)}\n\n${end}`),
  );
}

function table(head, cases) {
  const columns = unique(cases.map(({ column }) => column));
  const lines = unique(cases.map(({ row }) => row)).map((row) => [
    row,
    ...columns.map((column) => cell(cases.filter((each) => each.row === row && each.column === column))),
  ]);
  const rule = [head, ...columns].map(() => "---");
  return [[head, ...columns], rule, ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** What the table says of one case in all browsers: what the test noted, or that it passed. */
function cell(cases) {
  if (cases.length === 0) return "–";
  const failed = cases.filter(({ ok }) => !ok).map(({ browser }) => browser);
  return failed.length ? `✗ ${failed.join(", ")}` : (cases[0].cell ?? "✓");
}

function unique(values) {
  return [...new Set(values)];
}
