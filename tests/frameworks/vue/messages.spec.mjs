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

    test("what `onDrop` sends again when the URL changes is for the new session", async ({
      open,
      page,
      witness,
    }) => {
      await open("scope");
      await page.waitForFunction(() => globalThis.use);
      await page.evaluate(() => {
        const onDrop = ({ data }) => chats.again.send(`again: ${data}`);
        chats.again = use(url, { startClosed: true, onDrop });
        chats.again.send("hello");
        url.value = at("b");
      });
      await expect
        .poll(() => page.evaluate(() => chats.again.socket.value ?? chats.again.reconnect()))
        .toBeTruthy();
      await witness.until("message");
      expect(witness.of("message").map(({ data }) => data)).toEqual(["again: hello"]);
    });

    test("what had its time while it waited is told when the URL changes, too", async ({ open, page }) => {
      await open("scope");
      await page.waitForFunction(() => globalThis.use);
      await page.evaluate(async () => {
        const onDrop = ({ data, reason }) => heard.push(`${data}: ${reason}`);
        // A connection whose buffer a message fills for good: the next ones wait.
        class Full extends EventTarget {
          bufferedAmount = 0;
          readyState = 1;
          constructor() {
            super();
            queueMicrotask(() => this.onopen(new Event("open")));
          }
          send() {
            this.bufferedAmount = 10;
          }
          close() {}
        }
        const backpressure = { highWaterMark: 1, lowWaterMark: 0 };
        const { state, send } = use(url, { WebSocket: Full, backpressure, onDrop });
        while (state.value !== "open") await null;
        send("sent");
        send("short", { ttl: 1 });
        // Past its time, and before a timer could tell.
        for (const end = performance.now() + 5; performance.now() < end; );
        url.value = at("b");
      });
      await expect.poll(() => page.evaluate(() => heard)).toEqual(["short: expired"]);
    });

    test("what may have arrived is not told when the URL is another: who sends it again sends it there", async ({
      open,
      page,
      change,
      call,
      witness,
    }) => {
      const options = {
        heartbeat: { message: "ping", reply: "pong" },
        queue: { inFlight: true },
        closeTimeout: 100,
      };
      await open("chats", { chats: { one: { room: "a", options } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await call("one", "send", "perhaps");
      await witness.until("message");
      witness.silence();
      const told = page.evaluate(
        () =>
          new Promise((resolve) => {
            chats.one.socket.value.addEventListener("drop", ({ reason }) => resolve(reason));
          }),
      );
      await change({ chats: { one: { room: "b", options } } });
      expect(await told).toBe("in-flight-unknown");
      expect(await said(page, "one drop")).toEqual([]);
    });
  });
}
