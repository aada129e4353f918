import { test as base } from "@playwright/test";
import { servePages } from "./page-server.mjs";

export { expect } from "@playwright/test";

export const test = base.extend({
  /** Where pages and the package come from; one for all tests of a worker. */
  pages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const pages = await servePages();
      await use(pages);
      await pages.stop();
    },
    { scope: "worker" },
  ],

  /** Opens a page with a module of this repository in it, given by its path; resolves once that ran. */
  openWith: async ({ page, pages }, use) => {
    await use(async (path) => {
      await page.goto(`${pages.origin}/`);
      await page.evaluate((path) => import(path), path);
      return page;
    });
  },
});
