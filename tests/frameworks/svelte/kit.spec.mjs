import { expect, test } from "./support/fixtures.mjs";

test.describe("SvelteKit's router", () => {
  const go = async (scene, name) => {
    await scene.page.getByRole("link", { name, exact: true }).click();
    await expect(scene.page.locator("h1")).toHaveText(name);
  };

  test("another parameter: one close, one open; another query: none", async ({ scene }) => {
    await scene.open("/rooms/a");
    await scene.text("state").toHaveText("open");
    await go(scene, "b");
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("room=a", 1, 1);
    await scene.expectSockets("room=b", 1, 0);
    await go(scene, "b2");
    await scene.expectSockets("room=b", 1, 0);
    await scene.page.goBack();
    await scene.page.goBack();
    await expect(scene.page.locator("h1")).toHaveText("a");
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("room=a", 2, 1);
    await scene.expectSockets("room=b", 1, 1);
  });

  for (const name of ["b", "c"]) {
    test(`a module's session follows the parameter, to the page of ${name} too`, async ({ scene }) => {
      await scene.open("/hall/a");
      await scene.expectSockets("room=a", 1, 0);
      await go(scene, name);
      await scene.expectSockets("room=a", 1, 1);
      await scene.expectSockets(`room=${name}`, 1, 0);
      await scene.click("Send");
      await scene.text("last").toHaveText(`to ${name}`);
    });
  }

  test("another route: the page's session ends, the module's goes on if the other page needs it", async ({
    scene,
  }) => {
    await scene.open("/one");
    await scene.text("own").toHaveText("open");
    await scene.text("shared").toHaveText("open");
    await go(scene, "two");
    await scene.text("own").toHaveText("open");
    await scene.expectSockets("own", 2, 1);
    await scene.expectSockets("shared", 1, 0);
    await go(scene, "one");
    await scene.expectSockets("own", 3, 2);
    await scene.expectSockets("shared", 1, 0);
    await go(scene, "a");
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("own", 3, 3);
    await scene.expectSockets("shared", 1, 1);
  });
});
