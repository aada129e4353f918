// What comes over a session, and what that costs the component.

import { expect, MODES, test } from "./support/test.mjs";

const THOUSAND = Array.from({ length: 1000 }, (_, i) => String(i));

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    const said = async (page, start) =>
      (await page.evaluate(() => heard)).filter((entry) => entry.startsWith(start));

    test("of a burst in one task `onMessage` has every message, in order, and a watcher the last", async ({
      open,
      page,
    }) => {
      await open("burst");
      await expect(page.getByTestId("one")).toHaveText("open");
      await page.evaluate(() => burst(1000));
      await expect(page.getByTestId("one")).toHaveText("open 999");
      expect(await said(page, "one message")).toEqual(THOUSAND.map((data) => `one message ${data}`));
      expect(await said(page, "one watcher")).toEqual(["one watcher 999"]);
    });

    test("of a server's burst too", async ({ open, page, sockets }) => {
      await open("chats", { chats: { one: { room: "a" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      const before = await page.evaluate(() => updates.one);
      await page.evaluate((messages) => {
        for (const message of messages) chats.one.send(message);
      }, THOUSAND);
      await expect.poll(() => said(page, "one message")).toHaveLength(1000);
      expect(await said(page, "one message")).toEqual(THOUSAND.map((data) => `one message ${data}`));
      // Who does not read the last message is not rendered for messages.
      expect(await page.evaluate(() => updates.one)).toBe(before);
      await sockets({ opened: ["a"] });
    });

    test("what waits when the URL changes, or the component goes, is told by `onDrop`", async ({
      open,
      page,
      change,
      call,
    }) => {
      const options = { startClosed: true };
      await open("chats", { chats: { one: { room: "a", options, early: "to a" } } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await change({ chats: { one: { room: "b", options } } });
      await expect.poll(() => said(page, "one drop")).toEqual(["one drop to a"]);
      await call("one", "send", "to b");
      await change({ chats: {} });
      await expect.poll(() => said(page, "one drop")).toEqual(["one drop to a", "one drop to b"]);
    });
  });
}
