import { defineConfig } from "@playwright/test";
import e2e from "../e2e/playwright.config.mjs";

/**
 * The interoperability tests: `node tests/interop/run.mjs`, after the package was built. Every test starts a server of its
 * own, someone else's, on a free port.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/interop",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  projects: [
    { name: "chromium", use: useOf("chromium") },
    { name: "firefox", grepInvert: /@chromium/, use: useOf("firefox") },
  ],
});

/** A browser as the end-to-end tests start it. */
function useOf(browser) {
  return e2e.projects.find(({ name }) => name === browser).use;
}
