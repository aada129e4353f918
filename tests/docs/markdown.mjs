/** The tables of a Markdown text below each heading: `{ heading, rows }`, each row a text by column. */
export function readTables(markdown) {
  const tables = [];
  let heading = "";
  let columns = null;
  for (const line of markdown.split("\n")) {
    const title = /^#+ (.*)/.exec(line);
    if (title) heading = title[1];
    if (!line.startsWith("|")) {
      columns = null;
    } else if (!columns) {
      columns = cells(line);
      tables.push({ heading, rows: [] });
    } else if (!/^[|: -]+$/.test(line)) {
      const texts = cells(line);
      tables.at(-1).rows.push(Object.fromEntries(columns.map((column, index) => [column, texts[index]])));
    }
  }
  return tables;
}

/** What stands between backticks. */
export function codes(text) {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}

/** The links to other files and to headings: `path` is empty for one of the same page. */
export function links(markdown) {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split("#"))
    .map(([path, fragment]) => ({ path, fragment }));
}

/** The headings as GitHub names them. */
export function anchors(markdown) {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase());
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N}\- _]/gu, "").replaceAll(" ", "-"));
}

function cells(line) {
  const inner = line.replace(/^\||\|$/g, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
