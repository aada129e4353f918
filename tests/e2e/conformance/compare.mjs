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
 * What is wrong with a case, as texts: its errors, its differences that are not listed, and the listed ones that did not occur.
 * `where` says `file`, `name`, `browser`, `scope` and `subjects`; `list` is that of differences.mjs.
 */
export function judge({ errors, differences }, where, list) {
  const faults = errors.map((error) => `failed with ${error}`);
  for (const subject of where.subjects) {
    const entry = list.find((entry) => applies(entry, subject, where));
    const found = differences.find((difference) => difference.subject === subject);
    const left = found?.lines.filter((line) => !(entry && (!entry.lines || entry.lines.test(line)))) ?? [];
    if (left.length > 0) faults.push(`${subject} differs:\n${left.join("\n")}`);
    if (entry && !found && !entry.sometimes) {
      faults.push(`${subject} does not differ, although it is listed: ${entry.reason}`);
    }
  }
  return faults;
}

/** Whether an entry of the list speaks of a case with a subject. */
export function applies(entry, subject, { file, name, browser, scope }) {
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
