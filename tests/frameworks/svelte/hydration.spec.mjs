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
  ]) {
    test(`${name}: comes to life as it is`, async ({ scene }) => {
      await scene.page.addInitScript(() => {
        addEventListener("DOMContentLoaded", () => {
          globalThis.isServed = !document.body.hasAttribute("data-hydrated");
          globalThis.served = [...document.querySelectorAll("p, button")];
        });
      });
      await scene.show(name);
      const { isServed, elements, gone } = await scene.page.evaluate(() => ({
        isServed: globalThis.isServed,
        elements: globalThis.served.length,
        gone: globalThis.served.filter((element) => !element.isConnected).map(({ outerHTML }) => outerHTML),
      }));
      expect(isServed).toBe(true);
      expect(elements).toBeGreaterThan(1);
      expect(gone).toEqual([]);
      expect(await scene.page.locator("p, button").count()).toBe(elements);
      await expect.poll(() => scene.witness.of("open").length).toBe(1);
    });
  }
});
