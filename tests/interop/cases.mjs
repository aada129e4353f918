/**
 * The cases in Playwright's JSON report: `{ folder, row, column, browser, ok, cell }`, a row being a `describe` and a column
 * a test in it. What Playwright itself found wrong (a file that does not load, say) counts as a case too.
 */
export function casesOf(report, exitCode) {
  const cases = report.suites.flatMap((file) => casesIn(file, folderOf(file.file), undefined));
  const errors = report.errors.map(() => ({ ok: false }));
  const all = [...cases, ...errors];
  const isUnexplained = exitCode !== 0 && all.every(({ ok }) => ok);
  return isUnexplained ? [...all, { ok: false }] : all;
}

function casesIn(suite, folder, row) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ projectName, status, annotations }) => ({
      folder,
      row,
      column: spec.title,
      browser: projectName,
      // A skipped test has shown nothing, and a flaky one is not to be.
      ok: status === "expected",
      cell: annotations.find(({ type }) => type === "cell")?.description,
    })),
  );
  const inner = (suite.suites ?? []).flatMap((each) => casesIn(each, folder, each.title));
  return [...own, ...inner];
}

function folderOf(file) {
  return file.split("/").at(-2);
}
