import { test as base } from "@playwright/test";
import { Witness } from "../../e2e/support/witness.mjs";
import { Application } from "./application.mjs";
import { Scene } from "./scene.mjs";

export { expect } from "@playwright/test";

/** Tests in pages of the application whose requests are answered by what `handler` resolves to: it may take time to build. */
export function testsOf(handler) {
  return base.extend({
    application: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright's way
      async ({}, use) => {
        const application = await Application.serve(await handler());
        await use(application);
        application.stop();
      },
      { scope: "worker", timeout: 300_000 },
    ],

    // biome-ignore lint/correctness/noEmptyPattern: Playwright's way
    witness: async ({}, use) => {
      const witness = await Witness.start();
      await use(witness);
      await witness.kill();
    },

    /** A page, of which nothing may be heard in the console but what the test expects. */
    scene: async ({ page, application, witness }, use) => {
      const scene = new Scene(page, application.origin, witness);
      await use(scene);
      scene.expectNoComplaints();
    },
  });
}
