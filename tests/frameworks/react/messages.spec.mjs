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
        for (const message of messages) [...sends.one].at(-1)(message);
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

    test("the same function sends as long as the URL is the same", async ({
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
      await change({ one: { room: "a", tag: "" } });
      await change({ one: { room: "b" } });
      await send(page, "to b");
      await expect.poll(() => heard(page, "one")).toEqual(["to a", "to b"]);
      // For nowhere, a and b.
      expect(await page.evaluate(() => sends.one.size)).toBe(3);
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

    test("of what is sent before the session begins, each message that does not go is told, once", async ({
      open,
      page,
      witness,
    }) => {
      const early = [["1"], ["2"], ["late", { ttl: 0 }], ["3"], ["4"]];
      await open("waiting", {
        props: JSON.stringify({ mode: "visible", room: "a", queue: { maxMessages: 2 }, early }),
      });
      await expect(page.getByTestId("one")).toHaveText("a open");
      await witness.until("message", 2);
      expect(witness.of("message").map(({ data }) => data)).toEqual(["3", "4"]);
      const dropped = await page.evaluate(() => globalThis.dropped);
      // StrictMode sends each once more.
      const times = use.strict ? 2 : 1;
      expect(dropped).toHaveLength(early.length * times - 2);
      for (const each of ["1, overflow", "2, overflow"])
        expect(dropped.filter((entry) => entry === each)).toHaveLength(times);
      expect(dropped.filter((entry) => entry.startsWith("late"))).toHaveLength(times);
    });

    test("what may not wait is told before the session begins, and refused while it connects", async ({
      open,
      page,
      sockets,
    }) => {
      await open("waiting", {
        props: JSON.stringify({ mode: "visible", room: "a", queue: false, early: [["early"]] }),
      });
      if (use.strict) {
        // The effect runs once more, when the session has begun.
        await expect(page.getByRole("alert")).toContainText("InvalidStateError");
      } else {
        await expect(page.getByTestId("one")).toHaveText("a open");
        await sockets({ opened: ["a"] });
      }
      expect(await page.evaluate(() => globalThis.dropped)).toEqual(["early, closed"]);
    });

    test("what an effect's cleanup sends goes to the room that it is of", async ({
      open,
      change,
      page,
      witness,
    }) => {
      await open("rooms");
      await expect(page.getByTestId("room")).toHaveText("a open");
      await change({ room: "b" });
      await expect(page.getByTestId("room")).toHaveText("b open");
      await change({ room: null });
      // In StrictMode the first effect runs once more.
      await witness.until("message", use.strict ? 6 : 4);
      const opens = new Map(witness.of("open").map(({ socket, query }) => [socket, query]));
      const received = witness.of("message").map(({ socket, data }) => `${opens.get(socket)}: ${data}`);
      expect(new Set(received)).toEqual(new Set(["a: join a", "a: leave a", "b: join b", "b: leave b"]));
    });

    test("what arrives before the next room's effects is for the handler of its own", async ({
      open,
      page,
    }) => {
      await open("rooms");
      await expect(page.getByTestId("room")).toHaveText("a open");
      await page.evaluate(() => {
        globalThis.beforeEffects = (room) => {
          const socket = live.find(({ readyState, url }) => readyState === 1 && url.endsWith("?a"));
          if (room === "b") socket.onmessage(new MessageEvent("message", { data: "said in a" }));
        };
        changeInTransition({ room: "b" });
      });
      await expect(page.getByTestId("room")).toHaveText("b open");
      expect(await page.evaluate(() => globalThis.heard)).toContain("in a: said in a");
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
