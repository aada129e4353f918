import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { rows } from "./rows.mjs";

test("the docs show the code that is tried here", { tag: ["@short", "@chromium"] }, async () => {
  const page = await readFile(new URL("../../../docs/libraries.md", import.meta.url), "utf8");
  const shown = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
  const tried = rows.map(({ name }) => readFile(new URL(`${name}/connect.js`, import.meta.url), "utf8"));
  expect(shown).toEqual(await Promise.all(tried));
});
