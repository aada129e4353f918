import { test } from "@playwright/test";
import { EVENTS } from "./events.mjs";
import { World } from "./world.mjs";

// A browser of its own for each test: on a busy machine that takes its time.
test.describe.configure({ timeout: 90_000 });

for (const { name, only, elsewhere, through, run } of EVENTS) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  test(name, async ({}, { project, annotations }) => {
    test.skip(only && !only.includes(project.name), `${project.name} cannot be driven into it: ${elsewhere}`);
    const seen = await World.with(project.name, { through }, run);
    annotations.push({ type: "the server saw", description: seen.server });
    annotations.push({ type: "the page", description: seen.page });
  });
}
