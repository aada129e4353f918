import { defineConfig } from "@playwright/test";

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
    {
      name: "chromium",
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
      grepInvert: /@chromium/,
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: "/usr/bin/firefox-esr" },
      },
    },
  ],
});
