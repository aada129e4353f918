// What comes and goes over a session, and which renders that costs.

import { expect, MODES, test } from "./support/test.mjs";

const THOUSAND = Array.from({ length: 1000 }, (_, i) => String(i));

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    const heard = (page, name) => page.evaluate((name) => globalThis.heard[name] ?? [], name);
    const renders = (page, name) => page.evaluate((name) => globalThis.renders[name], name);
    const send = (page, ...messages) =>
      page.evaluate((messages) => {
        for (const message of messages) [...sends.one][0](message);
      }, messages);

    test("`onMessage` has every message of a burst in one task, in order", async ({ open, page }) => {
      await open("burst");
      for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toContainText("open");
      await page.evaluate(() => burst());
      expect(await heard(page, "one")).toEqual(THOUSAND);
      expect(await heard(page, "two")).toEqual(THOUSAND);
      await expect(page.getByTestId("two")).toHaveText("open 999");
    });

    test("`onMessage` has every message of a server's burst, in order", async ({
      openChats,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await send(page, ...THOUSAND);
      await expect.poll(() => heard(page, "one")).toHaveLength(1000);
      expect(await heard(page, "one")).toEqual(THOUSAND);
      await sockets({ opened: ["a"] });
    });

    test("the latest handlers are called, on the same socket", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a", tag: "!" } });
      await send(page, "first");
      await expect.poll(() => heard(page, "one")).toEqual(["first!"]);
      await change({ one: { room: "a", tag: "?" } });
      await send(page, "second");
      await expect.poll(() => heard(page, "one")).toEqual(["first!", "second?"]);
      await sockets({ opened: ["a"] });
    });

    test("who does not read the last message is not rendered for messages", async ({ openChats, page }) => {
      await openChats({ one: { room: "a" }, reader: { room: "a", reads: true } });
      for (const name of ["one", "reader"]) await expect(page.getByTestId(name)).toContainText("open");
      await expect(page.getByTestId("reader")).toHaveText("open undefined");
      const before = { one: await renders(page, "one"), reader: await renders(page, "reader") };
      await send(page, "first");
      await expect(page.getByTestId("reader")).toHaveText("open first");
      await send(page, "last");
      await expect(page.getByTestId("reader")).toHaveText("open last");
      expect(await heard(page, "one")).toEqual(["first", "last"]);
      expect(await renders(page, "one")).toBe(before.one);
      expect(await renders(page, "reader")).toBe(before.reader + (use.strict ? 4 : 2));
    });

    test("the same function sends for all of a component's life", async ({
      openChats,
      change,
      page,
      witness,
    }) => {
      await openChats({ one: { room: null } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await expect(send(page, "nowhere")).rejects.toThrow("useSteadySocket: no URL");
      await change({ one: { room: "a" } });
      await send(page, "to a");
      await expect.poll(() => heard(page, "one")).toEqual(["to a"]);
      await change({ one: { room: "b" } });
      await send(page, "to b");
      await expect.poll(() => heard(page, "one")).toEqual(["to a", "to b"]);
      expect(await page.evaluate(() => sends.one.size)).toBe(1);
      const opens = new Map(witness.of("open").map(({ socket, query }) => [socket, query]));
      const received = witness.of("message").map(({ socket, data }) => [opens.get(socket), data]);
      expect(received).toEqual([
        ["a", "to a"],
        ["b", "to b"],
      ]);
    });

    test("what is sent before the session begins waits for it", async ({ open, page, sockets, witness }) => {
      await open("early");
      await expect(page.getByTestId("one")).toHaveText("open");
      const layout = ["child's layout effect", "layout effect"];
      const passive = ["child's effect", "effect"];
      // StrictMode runs them once more.
      const expected = use.strict ? [...layout, ...passive, ...layout, ...passive] : [...layout, ...passive];
      await witness.until("message", expected.length);
      expect(witness.of("message").map(({ data }) => data)).toEqual(expected);
      await sockets({ opened: ["a"] });
    });

    test("what was sent too early and is refused is an error, and no socket is left", async ({
      open,
      change,
      page,
      witness,
    }) => {
      await open("refused");
      await expect(page.getByText("nothing")).toBeVisible();
      await change({ shown: true });
      await expect(page.getByRole("alert")).toContainText("InvalidStateError");
      const states = await page.evaluate(async (port) => {
        const sockets = live.filter(({ url }) => url.includes(`:${port}/`));
        for (const socket of sockets) {
          if (socket.readyState < 3)
            await new Promise((resolve) => socket.addEventListener("close", resolve));
        }
        return sockets.map(({ readyState }) => readyState);
      }, witness.port);
      expect(states).not.toHaveLength(0);
      expect(new Set(states)).toEqual(new Set([3]));
    });

    test("the server goes and comes back: so does the session", async ({ openChats, page, witness }) => {
      await openChats({ one: { room: "a", backoff: { min: 10, max: 100 } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await witness.kill();
      await expect(page.getByTestId("one")).not.toHaveText("open");
      await send(page, "while it is away");
      await witness.restart();
      await expect(page.getByTestId("one")).toHaveText("open");
      await expect.poll(() => heard(page, "one")).toEqual(["while it is away"]);
      expect(await page.evaluate(() => globalThis.sockets.one.stats().opened)).toBe(2);
    });

    test("what waits when a session ends is told by `onDrop`, be it its URL or its component that goes", async ({
      open,
      change,
      page,
      witness,
    }) => {
      await open("drops");
      await expect(page.getByTestId("one")).toHaveText("open");
      await witness.kill();
      await expect(page.getByTestId("one")).not.toHaveText("open");
      const dropped = () => page.evaluate(() => globalThis.dropped);
      await page.evaluate(() => globalThis.send("before another URL"));
      await change({ room: "b" });
      await expect.poll(dropped).toEqual(["one: before another URL, closed"]);
      await page.evaluate(() => globalThis.send("before the end"));
      await change({ another: true });
      await change({ room: null });
      // Of those who leave at once each is told.
      await expect
        .poll(dropped)
        .toEqual([
          "one: before another URL, closed",
          "one: before the end, closed",
          "two: before the end, closed",
        ]);
    });

    for (const [what, props, message] of [
      ["URL", { url: "nonsense://there" }, "SyntaxError"],
      ["option", { room: "a", retries: -1 }, "RangeError"],
    ]) {
      test(`a bad ${what} is for the error boundary`, async ({ openChats, page, sockets }) => {
        await openChats({ one: props });
        await expect(page.getByRole("alert")).toContainText(message);
        await sockets({ opened: [] });
      });
    }
  });
}
