// With the core in plain JavaScript, as docs/react.md tells a bundler to take it.

import { expect, test } from "./support/test.mjs";

test.use({ mode: "in plain JavaScript" });

test("the hook has a session of it, and the page has no WebAssembly", async ({
  page,
  openChats,
  sockets,
}) => {
  await page.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  await openChats({ one: { room: "a", reads: true }, two: { room: "a" } });
  await expect(page.getByTestId("one")).toContainText("open");
  await page.evaluate(() => [...sends.two][0]("hello"));
  await expect(page.getByTestId("one")).toHaveText("open hello");
  await sockets({ opened: ["a"] });
});
