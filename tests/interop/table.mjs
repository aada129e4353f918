import { table, writeBlock } from "../figures.mjs";

/** Writes the cases of `folder` as a table, where `page` has its place of that name. */
export function writeTable({ folder, page, head }, cases) {
  const own = cases.filter((each) => each.folder === folder && each.row);
  if (own.length > 0) writeBlock(page, folder, tableOf(head, own));
}

function tableOf(head, cases) {
  const columns = unique(cases.map(({ column }) => column));
  const lines = unique(cases.map(({ row }) => row)).map((row) => [
    row,
    ...columns.map((column) => cell(cases.filter((each) => each.row === row && each.column === column))),
  ]);
  return table([head, ...columns], lines);
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
