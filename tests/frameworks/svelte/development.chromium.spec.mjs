import { Scene } from "../support/scene.mjs";
import { Development } from "./support/development.mjs";
import { test as base, expect } from "./support/fixtures.mjs";

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright's way
  development: async ({}, use) => {
    const development = await Development.start();
    await use(development);
    await development.stop();
  },

  scene: async ({ page, development, witness }, use) => {
    const scene = new Scene(page, development.origin, witness);
    await use(scene);
    scene.expectNoComplaints();
  },
});

test.describe("in development", () => {
  test("hydration finds what the server rendered, and Svelte has nothing to warn of", async ({ scene }) => {
    await scene.show("Served");
    await scene.text("begun").toHaveText("begun");
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("served", 2, 0);
    expect(scene.sent("served")).toEqual(["early"]);
  });

  test("an edited component begins anew: one close, one open", async ({ scene, development }) => {
    await scene.show("Runes");
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("runes", 1, 0);
    await scene.page.evaluate(() => (globalThis.isSamePage = true));

    await development.edit("src/lib/cases/Runes.svelte", ">Send<", ">Send more<");
    await expect(scene.page.getByRole("button", { name: "Send more" })).toBeVisible();
    await scene.text("state").toHaveText("open");
    await scene.expectSockets("runes", 2, 1);
    expect(scene.codes("runes")).toEqual([1000]);

    await development.edit("src/lib/cases/Runes.svelte", '"from runes"', '"from an edited script"');
    await scene.expectSockets("runes", 3, 2);
    await scene.click("Send more");
    await scene.text("last").toHaveText("from an edited script");
    expect(await scene.page.evaluate(() => globalThis.isSamePage)).toBe(true);
  });

  test("a module's session outlives the edits of its readers, and ends with its own", async ({
    scene,
    development,
  }) => {
    await scene.show("Shared");
    await scene.click("Add");
    await expect(scene.page.locator(".reader")).toHaveText(["open open"]);
    await scene.page.evaluate(() => (globalThis.isSamePage = true));

    await development.edit("src/lib/SharedReader.svelte", "{shared.state}", "edited {shared.state}");
    await expect(scene.page.locator(".reader")).toHaveText(["edited open open"]);
    await scene.expectSockets("shared", 1, 0);

    await development.edit("src/lib/shared.svelte.js", "?shared", "?edited");
    await scene.expectSockets("shared", 1, 1);
    await scene.click("Add");
    await expect(scene.page.locator(".reader")).toHaveText(["edited open open"]);
    await scene.expectSockets("edited", 1, 0);
    expect(await scene.page.evaluate(() => globalThis.isSamePage)).toBe(true);
  });
});
