import { expect, test } from "./support/fixtures.mjs";

test.describe("docs/svelte.md", () => {
  test.beforeEach(({ page }) =>
    page.routeWebSocket(/\/(chat|prices)/, (socket) => socket.onMessage((data) => socket.send(`${data}!`))),
  );

  test("the component with runes", async ({ scene }) => {
    await scene.open("/docs/Runes");
    await expect(scene.page.getByText("connected")).toBeVisible();
    await scene.page.getByRole("textbox").fill("hello");
    await scene.page.getByRole("textbox").press("Enter");
    await expect(scene.page.getByRole("listitem")).toHaveText(["hello!"]);
  });

  test("the component with a store", async ({ scene }) => {
    await scene.open("/docs/Store");
    await expect(scene.page.locator("p.open")).toHaveText("…");
    await scene.click("More");
    await expect(scene.page.locator("p.open")).toHaveText("more!");
  });
});
