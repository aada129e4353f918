import { test as base, expect } from "@playwright/test";
import { FILES, SCOPES, Suite } from "./suite.mjs";

// A worker's first test waits for the browser as well: on a busy machine that takes its time.
base.describe.configure({ timeout: 180_000 });

const test = base.extend({
  /** One browser for all tests of a worker process. */
  suite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use, { project }) => {
      const suite = await Suite.start(project.name);
      await use(suite);
      await suite.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

for (const scope of SCOPES) {
  for (const file of FILES) {
    test(`${file}, ${scope}`, async ({ suite }) => {
      const { faults } = await suite.run(file, scope);
      expect(faults.join("\n\n")).toBe("");
    });
  }
}
