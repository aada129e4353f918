import { defineConfig } from "@playwright/test";

/**
 * The end-to-end tests: `npx playwright test -c tests/e2e` in the repository's root, after the package was built.
 * Every test starts a demo server of its own on a free port, so that any number of them run side by side.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/e2e",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // As many as the machine that this is for has cores: Firefox keeps them busy.
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  // Where nobody reads along, what failed must not drown in what passed.
  reporter: process.stdout.isTTY ? "list" : "dot",
  projects: [
    {
      name: "chromium",
      testIgnore: ["**/*.webkit.spec.mjs"],
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: "/usr/bin/chromium",
          args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        },
      },
    },
    {
      name: "firefox",
      // Chromium's own: the page cache in an automated browser, and freezing. And what needs no browser runs once.
      testIgnore: ["**/*.chromium.spec.mjs", "**/*.node.spec.mjs", "**/*.webkit.spec.mjs"],
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: "/usr/bin/firefox-esr" },
      },
    },
    {
      name: "webkit",
      // Playwright drives no WebKit but its own build: these start WebKitGTK through its driver, see support/webdriver.mjs.
      testMatch: ["**/*.webkit.spec.mjs", "**/*.webdriver.spec.mjs"],
    },
  ],
});
