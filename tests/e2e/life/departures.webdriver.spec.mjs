import { expect, test } from "@playwright/test";
import { departures } from "./departures.mjs";
import { World } from "./world.mjs";

// A browser of its own for each test: on a busy machine that takes its time.
test.describe.configure({ timeout: 90_000 });

const ROUNDS = 5;

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
test("a session delays no navigation, not even when the server does not answer its close", async ({}, info) => {
  const [none, ...others] = await World.with(info.project.name, {}, (world) => departures(world, ROUNDS));
  for (const { luggage, took, unload } of others) {
    const times = `${took.toFixed()} ms, ${unload.toFixed()} ms of it unloading; with ${none.luggage} ${none.took.toFixed()} ms`;
    info.annotations.push({ type: `with ${luggage}`, description: times });
    // Waiting for a close would take two seconds or more in any browser.
    expect(took).toBeLessThan(2 * none.took + 100);
    expect(unload).toBeLessThan(2 * none.unload + 20);
  }
});

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
test("a session listens neither to unload nor to beforeunload", async ({}, { project }) => {
  const types = await World.with(project.name, {}, async (world) => {
    await world.open();
    return world.browser.run(async () => {
      const types = [];
      const { addEventListener: add } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        if (this === window || this === document || this === undefined) types.push(type);
        return add.call(this ?? window, type, ...rest);
      };
      await begin();
      return [...types, ...["unload", "beforeunload"].filter((type) => window[`on${type}`])];
    });
  });
  expect(types).toContain("pagehide");
  expect(types.filter((type) => /unload/.test(type))).toEqual([]);
});

// biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
test("nor does its module: what Chromium knows of the window's listeners", async ({}, { project }) => {
  test.skip(project.name !== "chromium", "the others do not tell");
  const types = await World.with(project.name, {}, async (world) => {
    await world.begin({});
    const { result } = await world.browser.devtools("Runtime.evaluate", { expression: "window" });
    const { listeners } = await world.browser.devtools("DOMDebugger.getEventListeners", {
      objectId: result.objectId,
    });
    return listeners.map(({ type }) => type);
  });
  expect(types).toContain("pagehide");
  expect(types.filter((type) => /unload/.test(type))).toEqual([]);
});
