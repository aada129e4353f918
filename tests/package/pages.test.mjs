// The code in the pages for users compiles where the package is installed.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile, Projects, ROOT } from "./project.mjs";

/** tests/interop runs what is in it, with the libraries that it needs. */
const ELSEWHERE = ["libraries.md"];
/** JavaScript as people write it. */
const UNTYPED = { allowJs: true, checkJs: true, strict: false, exactOptionalPropertyTypes: false };
/** Whose JSX it is. */
const REACT = { jsx: "react-jsx" };
const SOLID = { jsx: "preserve", jsxImportSource: "solid-js" };
/** Svelte's runes, and what a page takes for granted. */
const AMBIENT = `
  import "svelte";
  declare global {
    const url: string;
    const protocols: string[];
    const options: object;
  }`;

const projects = new Projects("pages");
const docs = readdirSync(join(ROOT, "docs")).filter(
  (name) => name.endsWith(".md") && !ELSEWHERE.includes(name),
);

for (const page of ["README.md", ...docs.map((name) => `docs/${name}`)]) {
  const blocks = [...readFileSync(join(ROOT, page), "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const scripts = blocks.map(([, language, text]) => scriptOf(language, text)).filter(Boolean);
  if (scripts.length === 0) continue;
  const typed = scripts.filter(({ extension }) => extension.startsWith("ts"));
  const untyped = scripts.filter((script) => !typed.includes(script));

  test(`${page}: its code compiles, ${scripts.length} in all`, () => {
    const jsx = page === "docs/solid.md" ? SOLID : REACT;
    if (typed.length) check(typed, jsx);
    if (untyped.length) check(untyped, { ...UNTYPED, ...jsx });
  });
}

test("the README has code for every frontend that it names", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const languages = [...readme.matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  assert.deepEqual(languages.slice(0, 5), ["js", "tsx", "vue", "svelte", "html"]);
});

function check(scripts, options) {
  const files = scripts.map(({ extension, text }, index) => [`block-${index + 1}.${extension}`, text]);
  const settings = { skipLibCheck: true, ...options };
  compile(projects.create({ ...Object.fromEntries(files), "ambient.d.ts": AMBIENT }, { options: settings }));
}

/** What TypeScript can read of a block, unless it is a fragment or speaks of something else. */
function scriptOf(language, text) {
  if (language === "html") {
    const script = /<script>([\s\S]*?)<\/script>/.exec(text)?.[1];
    return script && { extension: "js", text: `import { SteadySocket } from "steadysocket";${script}` };
  }
  if (!text.includes('from "steadysocket')) return undefined;
  if (/^[jt]sx?$/.test(language)) return { extension: language, text };
  const [, extension = "js", script] = /<script(?: setup)?(?: lang="(ts)")?>([\s\S]*?)<\/script>/.exec(text);
  return { extension, text: script };
}
