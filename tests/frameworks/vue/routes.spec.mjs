// With Vue Router: what ends and begins when a route is left and entered.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    const go = (page, to) => page.evaluate((to) => globalThis.go(to), to);
    const at = (page, text) => expect(page.getByTestId("page")).toHaveText(text);
    const inRoom = (page, state = "open") => expect(page.getByTestId("room")).toHaveText(state);

    for (const mode of ["plain", "transition", "keepAlive", "both", "suspense", "all"]) {
      test(`${mode}: left and entered again, each time one close and one open`, async ({
        open,
        page,
        sockets,
      }) => {
        await open("routes", { mode }, {}, "#/room/a");
        await inRoom(page);
        await go(page, "/away");
        await at(page, "away");
        await sockets({ opened: ["a"], closed: ["a 1000"] });
        await page.goBack();
        await inRoom(page);
        await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
        await go(page, "/away");
        await at(page, "away");
        await sockets({ opened: ["a", "a"], closed: ["a 1000", "a 1000"] });
      });
    }

    for (const guard of ["no", "error"]) {
      test(`a navigation that a guard stops (${guard}) changes nothing`, async ({
        open,
        page,
        change,
        sockets,
      }) => {
        await open("routes", {}, {}, "#/room/a");
        await inRoom(page);
        await change({ guard });
        await go(page, "/away");
        await inRoom(page);
        await sockets({ opened: ["a"] });
      });
    }

    test("a guard that takes its time: the session goes when the route goes", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await open("routes", { session: "kept" }, {}, "#/room/a");
      await inRoom(page);
      await change({ guard: "later" });
      await page.evaluate(() => {
        router.push("/away");
      });
      await page.waitForFunction(() => globalThis.letGo);
      await sockets({ opened: ["kept"] });
      expect(await page.evaluate(() => kept.state.value)).toBe("open");
      await page.evaluate(() => letGo());
      await at(page, "away");
      await sockets({ opened: ["kept"], closed: ["kept 1000"] });
    });

    test("redirected: by a route and by a guard", async ({ open, page, change, sockets }) => {
      await open("routes", { session: "kept" }, {}, "#/room/a");
      await inRoom(page);
      await go(page, "/moved");
      await at(page, "away");
      await sockets({ opened: ["kept"], closed: ["kept 1000"] });
      await go(page, "/to-room");
      await inRoom(page);
      await sockets({ opened: ["kept", "kept"], closed: ["kept 1000"] });
      await change({ guard: "elsewhere" });
      await go(page, "/");
      await at(page, "away");
      await sockets({ opened: ["kept", "kept"], closed: ["kept 1000", "kept 1000"] });
    });

    test("the same route with other parameters, and its alias: nothing but another URL", async ({
      open,
      page,
      sockets,
    }) => {
      await open("routes", { session: "plain" }, {}, "#/room/a");
      await inRoom(page);
      for (const to of ["/room/b", "/room/b?query", "/chamber/b", "/room/b"]) await go(page, to);
      await inRoom(page);
      await sockets({ opened: ["plain"] });
    });

    for (const helper of [true, false]) {
      test(`a URL of the route's parameters: one close, one open, and none after it is left (helper: ${helper})`, async ({
        open,
        page,
        sockets,
      }) => {
        await open("routes", { mode: "keepAlive", helper }, {}, "#/room/a");
        await inRoom(page);
        await go(page, "/room/b");
        await inRoom(page);
        await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
        // Its parameters are gone with the route: what is left has no use for `undefined`.
        await go(page, "/away");
        await at(page, "away");
        await sockets({ opened: ["a", "b"], closed: ["a 1000", "b 1000"] });
        await go(page, "/room/c");
        await inRoom(page);
        await sockets({ opened: ["a", "b", "c"], closed: ["a 1000", "b 1000"] });
      });
    }

    test("another route with the same component, which stays: so does the session", async ({
      open,
      page,
      sockets,
    }) => {
      await open("routes", { session: "plain" }, {}, "#/room/a");
      await inRoom(page);
      await go(page, "/other-room/a");
      await inRoom(page);
      await sockets({ opened: ["plain"] });
      await go(page, "/away");
      await at(page, "away");
      await sockets({ opened: ["plain"], closed: ["plain 1000"] });
    });

    for (const helper of [true, false]) {
      test(`kept alive and connected ${helper ? "until" : "though"} the route is left`, async ({
        open,
        page,
        sockets,
      }) => {
        await open(
          "routes",
          { mode: "keepAlive", session: "plain", closeOnDeactivate: false, helper },
          {},
          "#/room/a",
        );
        await inRoom(page);
        await go(page, "/away");
        await at(page, "away");
        const closed = helper ? ["plain 1000"] : [];
        await sockets({ opened: ["plain"], closed });
        await go(page, "/room/a");
        await inRoom(page);
        await sockets({ opened: helper ? ["plain", "plain"] : ["plain"], closed });
      });
    }

    test("a named view: as long as it is shown", async ({ open, page, sockets }) => {
      await open("routes", { session: "kept" }, {}, "#/side/one");
      await inRoom(page);
      await go(page, "/side/two");
      await at(page, "two");
      await inRoom(page);
      await sockets({ opened: ["kept"] });
      await go(page, "/side/none");
      await at(page, "none");
      await sockets({ opened: ["kept"], closed: ["kept 1000"] });
    });

    test("a layout's session lives as long as the layout", async ({ open, page, sockets }) => {
      await open("routes", {}, {}, "#/layout");
      await expect(page.getByTestId("layout")).toHaveText("open");
      await go(page, "/layout/second");
      await at(page, "second tab");
      await sockets({ opened: ["layout"] });
      await go(page, "/away");
      await at(page, "away");
      await sockets({ opened: ["layout"], closed: ["layout 1000"] });
    });

    test("what is to come is not there yet: the session is gone already", async ({ open, page, sockets }) => {
      await open("routes", { mode: "suspense", session: "plain" }, {}, "#/room/a");
      await inRoom(page);
      await go(page, "/slow");
      await page.waitForFunction(() => globalThis.letSlow);
      await sockets({ opened: ["plain"], closed: ["plain 1000"] });
      await inRoom(page, "closed");
      // And back, before it was there.
      await go(page, "/room/a");
      await inRoom(page);
      await sockets({ opened: ["plain", "plain"], closed: ["plain 1000"] });
    });

    test("what is mounted in a hidden page closes and comes back with that page", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await open("routes", { mode: "keepAlive" }, {}, "#/host");
      await at(page, "host");
      await go(page, "/away");
      await at(page, "away");
      await change({ inner: true });
      await page.waitForFunction(() => chats.guest);
      await sockets({ opened: [] });
      for (const round of [1, 2]) {
        await go(page, "/host");
        await expect(page.getByTestId("guest")).toHaveText("open");
        await go(page, "/away");
        await at(page, "away");
        await sockets({ opened: Array(round).fill("guest"), closed: Array(round).fill("guest 1000") });
      }
    });

    test("and brings nothing back before", async ({ open, page, change, sockets }) => {
      await open("routes", { mode: "keepAlive", session: "kept" }, {}, "#/room/a");
      await inRoom(page);
      await go(page, "/host");
      await at(page, "host");
      await go(page, "/away");
      await at(page, "away");
      await change({ inner: true });
      await page.waitForFunction(() => chats.guest);
      await sockets({ opened: ["kept"], closed: ["kept 1000"] });
      await go(page, "/host");
      await expect(page.getByTestId("guest")).toHaveText("open");
      await sockets({ opened: ["kept", "kept"], closed: ["kept 1000"] });
    });

    test("a page that never came, since it waited too long, leaves no guard behind", async ({
      open,
      page,
    }) => {
      await open("routes", { mode: "suspense", session: "kept" }, {}, "#/room/a");
      await inRoom(page);
      await go(page, "/tardy");
      await page.waitForFunction(() => globalThis.letTardy);
      await go(page, "/away");
      await at(page, "away");
      await page.evaluate(() => letTardy());
      await page.waitForFunction(() => globalThis.isTardyDone);
      expect(await page.evaluate(() => guards)).toBe(0);
    });

    for (const session of ["kept", "bare"]) {
      test(`${session}: a session that outlives the component, closed and brought back`, async ({
        open,
        page,
        sockets,
      }) => {
        await open("routes", { session }, {}, "#/room/a");
        await inRoom(page);
        await go(page, "/away");
        await at(page, "away");
        await sockets({ opened: [session], closed: [`${session} 1000`] });
        await go(page, "/room/b");
        await inRoom(page);
        await sockets({ opened: [session, session], closed: [`${session} 1000`] });
      });

      test(`${session}: what the user closed stays closed`, async ({ open, page, call, sockets }) => {
        await open("routes", { session }, {}, "#/room/a");
        await inRoom(page);
        await call("room", "close", 1000);
        await inRoom(page, "closed");
        await go(page, "/away");
        await at(page, "away");
        await go(page, "/room/a");
        await inRoom(page, "closed");
        await sockets({ opened: [session], closed: [`${session} 1000`] });
      });
    }

    test("without a route to leave it says so", async ({ open, page }) => {
      await open("outside");
      await expect.poll(() => page.evaluate(() => globalThis.errors?.join())).toContain("<RouterView>");
    });
  });
}
