import { defineConfig } from "@playwright/test";
import endToEnd from "../e2e/playwright.config.mjs";

/**
 * The adapters inside their frameworks, each of which has a folder with a package.json of its own: `npx playwright test -c
 * tests/frameworks` in the repository's root, after the package was built and `scripts/setup test`.
 */
export default defineConfig({
  ...endToEnd,
  testDir: ".",
  outputDir: "../../test-results/frameworks",
  globalSetup: "./support/install.mjs",
  timeout: 60_000,
  projects: endToEnd.projects.filter(({ name }) => name !== "webkit"),
});
