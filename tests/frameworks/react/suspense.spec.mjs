// A render that React throws away or takes back has no socket; what is hidden keeps its own, or leaves it.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    test.beforeEach(async ({ open, page }) => {
      await open("suspense");
      await expect(page.getByText("waiting")).toBeVisible();
    });

    test("a component that waits before it is shown has none until then", async ({ page, sockets }) => {
      await sockets({ opened: [] });
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("a component that is gone before it was shown had none", async ({ page, change, sockets }) => {
      await change({ room: null });
      await expect(page.getByText("waiting")).toBeHidden();
      await page.evaluate(() => open("first"));
      await sockets({ opened: [] });
    });

    test("a component that waits later keeps it meanwhile", async ({ page, change, sockets }) => {
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ room: "a", until: "second" });
      await expect(page.getByText("waiting")).toBeVisible();
      await sockets({ opened: ["a"] });
      await page.evaluate(() => open("second"));
      await expect(page.getByText("waiting")).toBeHidden();
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("a render with another URL that never comes to be has none", async ({ page, change, sockets }) => {
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      const renders = () => page.evaluate(() => globalThis.renders.one);
      const before = await renders();
      await page.evaluate(() => changeInTransition({ room: "b", until: "never" }));
      await expect.poll(renders).toBeGreaterThan(before);
      await sockets({ opened: ["a"] });
      await change({ room: "a" });
      await page.evaluate(() => open("never"));
      await sockets({ opened: ["a"] });
    });
  });
}

test.describe("Activity", () => {
  for (const [title, use] of MODES.filter(([, { mode }]) => mode !== "production18")) {
    test.describe(title, () => {
      test.use(use);

      test("what is hidden has no socket", async ({ open, change, page, sockets }) => {
        await open("activity");
        await expect(page.getByTestId("one")).toHaveText("idle");
        await sockets({ opened: [] });
        await change({ mode: "visible" });
        await expect(page.getByTestId("one")).toHaveText("open");
        await sockets({ opened: ["a"] });
        await change({ mode: "hidden" });
        await sockets({ opened: ["a"], closed: ["a 1000"] });
        // What is sent meanwhile waits.
        await page.evaluate(() => [...sends.one][0]("while hidden"));
        await change({ mode: "visible" });
        await expect(page.getByTestId("one")).toHaveText("open");
        await expect.poll(() => page.evaluate(() => heard.one)).toEqual(["while hidden"]);
        await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
      });

      test("of what is sent while it is hidden a thousand messages wait", async ({ open, change, page }) => {
        await open("activity");
        await expect(page.getByTestId("one")).toHaveText("idle");
        await page.evaluate(() => {
          for (let i = 0; i < 1010; i++) [...sends.one][0](String(i));
        });
        await change({ mode: "visible" });
        const expected = Array.from({ length: 1000 }, (_, i) => String(i));
        await expect.poll(() => page.evaluate(() => heard.one)).toEqual(expected);
      });
    });
  }
});
