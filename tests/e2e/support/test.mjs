import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { DemoServer } from "./server.mjs";

export { expect } from "@playwright/test";

export const test = base.extend({
  /** A demo server of the test's own. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  server: async ({}, use) => {
    const server = await DemoServer.start();
    await use(server);
    await server.kill();
  },

  /** The client id that the test's sessions have by default. */
  client: "me",

  /** A page of the demo server without anything on it, and SteadySocket with the helpers of in-page.js in it. */
  blank: async ({ page, server, client }, use) => {
    await openBlank(page, server, client);
    await use(page);
  },
});

/** See `blank`. `/healthz` stands in for an empty page: one that Playwright makes up has no local address. */
export async function openBlank(page, server, client) {
  await page.goto(`${server.origin}/healthz`);
  await equip(page, client);
}

/** Puts SteadySocket and the helpers of in-page.js in a page, as a plain module without a bundler. */
export async function equip(page, client) {
  await page.evaluate((id) => {
    globalThis.client = id;
  }, client);
  await addScript(page, "in-page.js");
}

/** Puts a module of this folder in a page; resolves once it ran. */
export async function addScript(page, name) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  await page.addScriptTag({ type: "module", path });
  await page.waitForFunction((name) => globalThis.scripts?.has(name), name);
}
