/**
 * Compares what a case noted with each subject. `runs` are those of one case, as scope.js has them; the first subject is what the
 * others are compared with. Returns `{ errors, differences }`: errors as texts, differences as `{ subject, lines }`,
 * where a line that only the first has begins with `-`, and one that only the other has with `+`.
 */
export function compare(runs, first = "native") {
  const errors = runs.filter(({ error }) => error).map(({ subject, error }) => `${subject}: ${error}`);
  const expected = runs.find(({ subject }) => subject === first)?.lines;
  if (!expected) return { errors, differences: [] };
  const differences = runs
    .filter(({ subject, lines }) => subject !== first && lines)
    .map(({ subject, lines }) => ({ subject, lines: difference(expected, lines) }))
    .filter(({ lines }) => lines.length > 0);
  return { errors, differences };
}

/**
 * What is wrong with a case, as texts: its errors, and its differences that are not listed. `where` says `file`, `name`, `browser`
 * and `scope`; `list` is that of differences.mjs.
 */
export function judge({ errors, differences }, where, list) {
  const unlisted = differences.map(({ subject, lines }) => ({
    subject,
    lines: lines.filter((line) => !list.some((entry) => covers(entry, subject, where, line))),
  }));
  return [
    ...errors.map((error) => `failed with ${error}`),
    ...unlisted
      .filter(({ lines }) => lines.length > 0)
      .map(({ subject, lines }) => `${subject} differs:\n${lines.join("\n")}`),
  ];
}

/**
 * The entries of the list that speak of some of these cases, but of no difference that occurred. `cases` are those of one run,
 * each with `where` and `subjects` and its `differences`.
 */
export function unused(cases, list) {
  return list.filter(
    (entry) =>
      cases.some(({ where, subjects }) => subjects.some((subject) => applies(entry, subject, where))) &&
      !cases.some(({ where, differences }) => occurs(entry, differences, where)),
  );
}

/** Whether an entry of the list speaks of one of these differences. */
export function occurs(entry, differences, where) {
  return differences.some(({ subject, lines }) => lines.some((line) => covers(entry, subject, where, line)));
}

/** Whether an entry of the list speaks of a line that differs. */
function covers(entry, subject, where, line) {
  return applies(entry, subject, where) && (!entry.lines || entry.lines.test(line));
}

/** Whether an entry of the list speaks of a case with a subject. */
function applies(entry, subject, { file, name, browser, scope }) {
  const { subjects, browsers, scopes } = entry;
  const full = `${file}: ${name}`;
  const named = typeof entry.case === "string" ? entry.case === full : entry.case.test(full);
  return (
    named &&
    subjects.includes(subject) &&
    (!browsers || browsers.includes(browser)) &&
    (!scopes || scopes.includes(scope))
  );
}

/** The lines that are not in both, in order, by their longest common subsequence. */
export function difference(before, after) {
  const lengths = commonLengths(before, after);
  const lines = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    if (left < before.length && before[left] === after[right]) {
      left++;
      right++;
    } else if (right >= after.length || lengths[left + 1]?.[right] >= lengths[left]?.[right + 1]) {
      lines.push(`- ${before[left++]}`);
    } else lines.push(`+ ${after[right++]}`);
  }
  return lines;
}

/** The length of the longest common subsequence of what follows from each pair of places on. */
function commonLengths(before, after) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let left = before.length - 1; left >= 0; left--) {
    for (let right = after.length - 1; right >= 0; right--) {
      lengths[left][right] =
        before[left] === after[right]
          ? lengths[left + 1][right + 1] + 1
          : Math.max(lengths[left + 1][right], lengths[left][right + 1]);
    }
  }
  return lengths;
}
