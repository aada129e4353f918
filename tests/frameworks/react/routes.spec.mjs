// With React Router.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES.filter(([, { mode }]) => mode !== "production18")) {
  test.describe(title, () => {
    test.use(use);

    test.beforeEach(async ({ open, page }) => {
      await open("routes");
      await expect(page.getByText("nothing")).toBeVisible();
    });

    test("the next route with the same URL has the same socket", async ({ page, sockets }) => {
      await page.getByRole("link", { name: "/chat", exact: true }).click();
      await expect(page.getByTestId("chat")).toHaveText("open");
      await page.getByRole("link", { name: "/chat/again" }).click();
      await expect(page.getByTestId("again")).toHaveText("open");
      await page.getByRole("link", { name: "/late" }).click();
      await expect(page.getByTestId("late")).toHaveText("open");
      await page.goBack();
      await expect(page.getByTestId("again")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("a route that is left closes its socket", async ({ page, sockets }) => {
      await page.getByRole("link", { name: "/chat", exact: true }).click();
      await expect(page.getByTestId("chat")).toHaveText("open");
      await page.getByRole("link", { name: "/chat/other" }).click();
      await expect(page.getByTestId("other")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      await page.getByRole("link", { name: "/", exact: true }).click();
      await sockets({ opened: ["a", "b"], closed: ["a 1000", "b 1000"] });
      await page.goBack();
      await expect(page.getByTestId("other")).toHaveText("open");
      await sockets({ opened: ["a", "b", "b"], closed: ["a 1000", "b 1000"] });
    });
  });
}
