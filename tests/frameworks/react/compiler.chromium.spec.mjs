// What React Compiler makes of components with the hook: it keeps what it takes for unchanged.

import { expect, test } from "./support/test.mjs";

test.use({ mode: "compiled" });

test("a component that is handed the session sees each of its changes", async ({ open, page, sockets }) => {
  await open("compiled");
  await expect(page.getByTestId("latest")).toHaveText("open");
  for (const message of ["first", "second", "first"]) {
    await page.getByRole("button", { name: message }).click();
    await expect(page.getByTestId("latest")).toHaveText(`open ${message}`);
  }
  // It was at work.
  expect(await page.evaluate(() => renders.bystander)).toBe(1);
  await sockets({ opened: ["a"] });
});
