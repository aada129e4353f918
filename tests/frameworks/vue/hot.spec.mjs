// Vite and Vue's hot replacement: what a developer's edits cost.

import { expect, test } from "./support/test.mjs";

const FILE = "scenes/edited.vue";

test.describe("in development", () => {
  test.use({ mode: "development" });

  test.beforeEach(async ({ open, page }) => {
    await open("edited");
    await expect(page.getByTestId("one")).toHaveText("open");
    await page.getByRole("button").click();
    await expect(page.getByRole("button")).toHaveText("1");
    await page.evaluate(() => {
      globalThis.isSamePage = true;
    });
  });
  test.afterEach(async ({ app, page }) => {
    expect(await page.evaluate(() => globalThis.isSamePage)).toBe(true);
    app.restore();
  });

  test("an edit of the template keeps the component's state and its socket", async ({
    app,
    page,
    sockets,
  }) => {
    app.edit(FILE, (code) => code.replace("before", "after"));
    await expect(page.getByRole("heading")).toHaveText("after");
    await expect(page.getByRole("button")).toHaveText("1");
    await sockets({ opened: ["a"] });
  });

  test("an edit of the script begins anew: one close, one open", async ({ app, page, sockets }) => {
    app.edit(FILE, (code) => code.replace("ref(0)", "ref(7)"));
    await expect(page.getByRole("button")).toHaveText("7");
    await expect(page.getByTestId("one")).toHaveText("open");
    await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
  });
});
