import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "../../support/build.mjs";
import { testsOf } from "../../support/fixtures.mjs";

export { expect } from "@playwright/test";

export const here = fileURLToPath(new URL("..", import.meta.url));

/** Built by SvelteKit, with the handler of its adapter for Node. */
export const test = testsOf(async () => {
  const { handler } = await import(pathToFileURL(join(await build(here), "server/handler.js")).href);
  return handler;
});
