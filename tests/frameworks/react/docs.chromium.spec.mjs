// The chat that docs/react.md begins with, as it stands there.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    test("docs/react.md's chat", async ({ open, change, page, complaints, sockets }) => {
      await open("quick-start");
      await expect(page.getByText("connected")).toBeVisible();
      await page.getByRole("textbox").fill("hello");
      await page.getByRole("textbox").press("Enter");
      await expect(page.getByRole("listitem")).toHaveText(["hello"]);
      await expect(page.getByRole("textbox")).toHaveValue("");
      await change({ room: "b" });
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      expect(complaints).toEqual([]);
    });
  });
}
