// How long a session lasts, and what ends and begins it.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    const openChat = async (open, page, props = {}) => {
      await open("chats", { chats: { one: { room: "a", ...props } } });
      await expect(page.getByTestId("one")).toContainText("open");
    };

    test("mounted: one socket; unmounted: none", async ({ open, page, change, sockets }) => {
      await openChat(open, page);
      await sockets({ opened: ["a"] });
      await change({ chats: {} });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      // Nobody is there to hear of its end.
      expect(await page.evaluate(() => heard)).toEqual(["one open"]);
      expect(await page.evaluate(() => states.at(-1))).toBe("one open");
    });

    test("each component has a session of its own", async ({ open, page, change, sockets }) => {
      await open("chats", { chats: { one: { room: "a" }, two: { room: "a" } } });
      for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open");
      await change({ chats: { two: { room: "a" } } });
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });

    test("what is sent during setup and before unmounting arrives", async ({
      open,
      page,
      change,
      sockets,
      witness,
    }) => {
      await openChat(open, page, { early: "first", last: "farewell" });
      await change({ chats: {} });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      expect(witness.of("message").map(({ data }) => data)).toEqual(["first", "farewell"]);
    });

    test("what a child sends before unmounting arrives, too", async ({ open, page, change, witness }) => {
      await open("family", { shown: true });
      await expect(page.getByTestId("parent")).toHaveText("open");
      await change({ shown: false });
      await witness.until("close");
      expect(witness.of("message").map(({ data }) => data)).toEqual(["a child's farewell"]);
    });

    test("a component that is mounted already: at once", async ({ open, page, sockets }) => {
      await open("mounted");
      await expect.poll(() => page.evaluate(() => globalThis.chats?.late?.state.value)).toBe("open");
      await sockets({ opened: ["late"] });
    });

    test("another URL: one close, one open", async ({ open, page, change, call, sockets, witness }) => {
      await openChat(open, page, { watches: true });
      await call("one", "send", "to a");
      await expect(page.getByTestId("one")).toHaveText("open to a");
      const first = await page.evaluateHandle(() => chats.one.socket.value);
      await change({ chats: { one: { room: "b", watches: true } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      expect(await page.evaluate((first) => chats.one.socket.value !== first, first)).toBe(true);
      await call("one", "send", "to b");
      await expect(page.getByTestId("one")).toHaveText("open to b");
      expect(witness.of("message").map(({ data }) => data)).toEqual(["to a", "to b"]);
      // The end of the first was nobody's wish to hear.
      expect((await page.evaluate(() => heard)).filter((entry) => entry.includes("close"))).toEqual([]);
    });

    test("several URLs in one tick: the last", async ({ open, page, sockets }) => {
      await openChat(open, page);
      await page.evaluate(() => {
        for (const room of ["b", "c", "d"]) control.chats.one.room = room;
      });
      await sockets({ opened: ["a", "d"], closed: ["a 1000"] });
    });

    test("no URL: no session, until there is one", async ({ open, page, change, call, sockets }) => {
      await open("chats", { chats: { one: {} } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await expect(call("one", "send", "nowhere")).rejects.toThrow("no URL");
      await change({ chats: { one: { room: "a" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ chats: { one: {} } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      expect(await page.evaluate(() => chats.one.socket.value)).toBe(null);
      await change({ chats: { one: { room: "a" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });

    test("`close` is for good, with another URL too, until `reconnect`", async ({
      open,
      page,
      change,
      call,
      sockets,
    }) => {
      await openChat(open, page);
      await call("one", "close", 4321, "enough");
      await expect(page.getByTestId("one")).toHaveText("closed");
      await change({ chats: { one: { room: "b" } } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await sockets({ opened: ["a"], closed: ["a 4321"] });
      await call("one", "reconnect");
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 4321"] });
      await change({ chats: { one: { room: "c" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b", "c"], closed: ["a 4321", "b 1000"] });
    });

    test("`startClosed` waits for `reconnect`, and keeps what is sent, over a pause too", async ({
      open,
      page,
      call,
      sockets,
      witness,
    }) => {
      await open("chats", { chats: { one: { room: "a", options: { startClosed: true }, early: "kept" } } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await page.evaluate(() => chats.one.pause()());
      await sockets({ opened: [] });
      await call("one", "reconnect");
      await witness.until("message");
      expect(witness.of("message").map(({ data }) => data)).toEqual(["kept"]);
      await sockets({ opened: ["a"] });
    });

    test("`pause` closes until the last pause ends", async ({ open, page, change, sockets }) => {
      await openChat(open, page);
      await page.evaluate(() => {
        globalThis.ends = [chats.one.pause(), chats.one.pause()];
        globalThis.before = chats.one.socket.value;
      });
      await expect(page.getByTestId("one")).toHaveText("closed");
      await page.evaluate(() => {
        ends[0]();
        ends[0]();
        chats.one.reconnect();
      });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      await page.evaluate(() => ends[1]());
      await expect(page.getByTestId("one")).toHaveText("open");
      expect(await page.evaluate(() => chats.one.socket.value === before)).toBe(true);
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });

      await page.evaluate(() => {
        ends[0] = chats.one.pause();
      });
      await change({ chats: {} });
      await page.evaluate(() => ends[0]());
      await sockets({ opened: ["a", "a"], closed: ["a 1000", "a 1000"] });
    });

    test("an effect that calls its members depends on nothing of the session", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await open("scope");
      await expect.poll(() => page.evaluate(() => globalThis.chats?.scoped?.state.value)).toBe("open");
      await page.evaluate(() => {
        globalThis.runs = [0, 0];
        const { pause, send, reconnect, close } = chats.scoped;
        watchEffect((onCleanup) => {
          runs[0]++;
          if (control.away) onCleanup(pause());
        });
        watchEffect(() => {
          runs[1]++;
          if (!control.over) return;
          send("farewell");
          reconnect();
          close();
        });
      });
      await change({ away: true });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      await change({ away: false });
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
      await expect.poll(() => page.evaluate(() => chats.scoped.state.value)).toBe("open");
      await change({ over: true });
      await expect.poll(() => page.evaluate(() => chats.scoped.state.value)).toBe("closed");
      expect(await page.evaluate(() => runs)).toEqual([3, 2]);
    });

    test("a close code that cannot be: told, and nothing is closed", async ({
      open,
      page,
      change,
      call,
      sockets,
    }) => {
      await openChat(open, page);
      await expect(call("one", "close", 1001)).rejects.toThrow("InvalidAccessError");
      await change({ chats: { one: { room: "b" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      await call("one", "close");
      await expect(page.getByTestId("one")).toHaveText("closed");
      await expect(call("one", "close", 1001)).rejects.toThrow("InvalidAccessError");
      await change({ chats: { one: { room: "c" } } });
      await sockets({ opened: ["a", "b"], closed: ["a 1000", "b 1000"] });
    });

    test("after its component a session is over, whoever calls", async ({
      open,
      page,
      change,
      call,
      sockets,
    }) => {
      await openChat(open, page);
      await change({ chats: {} });
      await call("one", "send", "too late");
      await call("one", "reconnect");
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      // What is computed from refs goes no further than its scope before Vue 3.4.
      if (use.mode !== "oldest") expect(await page.evaluate(() => chats.one.state.value)).toBe("closed");
    });

    test("the server goes and comes back: so does the session", async ({ open, page, call, witness }) => {
      await openChat(open, page, { watches: true, options: { backoff: { min: 10, max: 100 } } });
      await witness.kill();
      await expect(page.getByTestId("one")).not.toHaveText("open");
      await call("one", "send", "while it is away");
      await witness.restart();
      await expect(page.getByTestId("one")).toHaveText("open while it is away");
      expect(witness.of("open").map(({ query }) => query)).toEqual(["a", "a"]);
      expect(await page.evaluate(() => chats.one.socket.value.stats().opened)).toBe(2);
    });

    for (const [what, props, message] of [
      ["URL", { url: "nonsense://there" }, "SyntaxError"],
      ["option", { room: "a", options: { retries: -1 } }, "RangeError"],
    ]) {
      test(`a bad ${what} is for the app's error handler`, async ({ open, page, sockets }) => {
        await open("chats", { chats: { one: props } });
        await expect.poll(() => page.evaluate(() => globalThis.errors?.[0])).toContain(message);
        await sockets({ opened: [] });
      });
    }

    test("a URL that turns bad is too, and a good one mends it", async ({ open, page, change, sockets }) => {
      await openChat(open, page);
      await change({ chats: { one: { url: "nonsense://there" } } });
      await expect.poll(() => page.evaluate(() => globalThis.errors?.[0])).toContain("SyntaxError");
      await change({ chats: { one: { room: "b" } } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
    });
  });
}
