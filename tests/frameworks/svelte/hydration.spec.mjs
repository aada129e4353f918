import { expect, test } from "./support/fixtures.mjs";

test.describe("what the server rendered", () => {
  for (const name of [
    "Runes",
    "Store",
    "Both",
    "Silent",
    "SendFirst",
    "Followed",
    "Derived",
    "DerivedStore",
    "Key",
    "Served",
  ]) {
    test(`${name}: comes to life as it is`, async ({ scene }) => {
      await scene.page.addInitScript(() => {
        addEventListener("DOMContentLoaded", () => {
          const served = [...document.querySelectorAll("p, img, button")];
          globalThis.isServed = !document.body.hasAttribute("data-hydrated");
          // What the page makes of it before anything else happens.
          globalThis.hydrated = () => {
            globalThis.elements = served.length;
            globalThis.gone = served
              .filter((element) => !element.isConnected)
              .map((element) => element.outerHTML);
          };
        });
      });
      await scene.show(name);
      const { isServed, elements, gone } = await scene.page.evaluate(() => {
        const { isServed, elements, gone } = globalThis;
        return { isServed, elements, gone };
      });
      expect(isServed).toBe(true);
      expect(elements).toBeGreaterThan(1);
      expect(gone).toEqual([]);
      expect(await scene.page.locator("p, img, button").count()).toBe(elements);
      await expect.poll(() => scene.witness.of("open").length).toBe(name === "Served" ? 2 : 1);
    });
  }
});
