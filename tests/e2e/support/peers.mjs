import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const DOCS = new URL("../../../docs/migrating.md", import.meta.url);

/** Puts the libraries of peers.page.js in a page that has in-page.js. */
export async function addPeers(page) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("peers.page.js", import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
  });
  await page.addScriptTag({ content: outputFiles[0].text });
}

/** The block of code in docs/migrating.md that declares `name`, as the text of a function that gives it. */
export function documented(name) {
  const blocks = [...readFileSync(DOCS, "utf8").matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(
    ([, code]) => code,
  );
  const found = blocks.find((code) => new RegExp(`\\b(const|function) ${name}\\b`).test(code));
  if (!found) throw new Error(`docs/migrating.md declares no ${name}`);
  return `${found}; return ${name};`;
}
