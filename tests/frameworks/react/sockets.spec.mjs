// Which sockets a page with the hook has, counted at the server.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    test("a component has one socket, until it is taken away", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a"] });
      await change({ one: null });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
    });

    test("components with the same URL share a socket until the last is gone", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" }, two: { room: "a" }, other: { room: "b" } });
      for (const name of ["one", "two", "other"]) await expect(page.getByTestId(name)).toHaveText("open");
      await sockets({ opened: ["a", "b"] });
      await change({ one: null });
      await sockets({ opened: ["a", "b"] });
      await change({ three: { room: "a" } });
      await expect(page.getByTestId("three")).toHaveText("open");
      await change({ two: null });
      await sockets({ opened: ["a", "b"] });
      await change({ three: null });
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
    });

    test("a component that takes another's place has its socket", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ one: null, two: { room: "a" } });
      await expect(page.getByTestId("two")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("who comes just after a session has ended has a socket that stays", async ({
      openChats,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await page.evaluate(() => {
        changeAtOnce({ one: null });
        queueMicrotask(() => changeAtOnce({ three: { room: "a" } }));
        changeAtOnce({ two: { room: "a" } });
        changeAtOnce({ two: null });
      });
      await expect(page.getByTestId("three")).toHaveText("open");
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });

    test("without `share` each has its own", async ({ openChats, change, page, sockets }) => {
      await openChats({
        one: { room: "a", share: false },
        two: { room: "a", share: false },
        three: { room: "a" },
      });
      for (const name of ["one", "two", "three"]) await expect(page.getByTestId(name)).toHaveText("open");
      await sockets({ opened: ["a", "a", "a"] });
      await change({ one: null });
      await sockets({ opened: ["a", "a", "a"], closed: ["a 1000"] });
    });

    test("other subprotocols are another session", async ({ openChats, page, sockets }) => {
      await openChats({ one: { room: "a" }, two: { room: "a", protocols: ["chat"] } });
      for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open");
      await sockets({ opened: ["a", "a"] });
    });

    test("another URL: one is closed, one is opened", async ({ openChats, change, page, sockets }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ one: { room: "b" } });
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      await expect(page.getByTestId("one")).toHaveText("open");
    });

    test("no URL: no socket, until there is one again", async ({ openChats, change, page, sockets }) => {
      await openChats({ one: { room: null } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await sockets({ opened: [] });
      await change({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ one: { room: null } });
      await expect(page.getByTestId("one")).toHaveText("idle");
      await sockets({ opened: ["a"], closed: ["a 1000"] });
      await change({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });

    test("a function as URL is another with each render, and costs no socket", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { asked: "a" }, two: { asked: "a" } });
      for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open");
      await sockets({ opened: ["a", "a"] });
      await change({ one: { asked: "b" } });
      await sockets({ opened: ["a", "a"] });
      // The latest is asked.
      await page.evaluate(() => globalThis.sockets.one.reconnect());
      await sockets({ opened: ["a", "a", "b"], closed: ["a 1005"] });
    });

    test("other options cost no socket", async ({ openChats, change, page, sockets }) => {
      await openChats({ one: { room: "a", retries: 1 } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ one: { room: "a", retries: 2 } });
      await sockets({ opened: ["a"] });
    });

    test("subprotocols that are asked for, and then none", async ({ openChats, change, page, sockets }) => {
      await openChats({ one: { asked: "a", offered: "chat" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ one: { asked: "a" } });
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
      await expect(page.getByTestId("one")).toHaveText("open");
      await page.evaluate(() => globalThis.sockets.one.reconnect());
      await sockets({ opened: ["a", "a", "a"], closed: ["a 1000", "a 1005"] });
    });

    test("a session that is about to be over is none for the next component", async ({
      openChats,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await page.evaluate(() => {
        globalThis.sockets.one.close(1000);
        changeAtOnce({ one: null, two: { room: "a" } });
      });
      await expect(page.getByTestId("two")).toHaveText("open");
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });

    test("a session that is over is none for the next component", async ({
      openChats,
      change,
      page,
      sockets,
    }) => {
      await openChats({ one: { room: "a" } });
      await expect(page.getByTestId("one")).toHaveText("open");
      await page.evaluate(() => globalThis.sockets.one.close(1000));
      await expect(page.getByTestId("one")).toHaveText("closed");
      // While somebody has it, it is as they left it.
      await change({ two: { room: "a" } });
      await expect(page.getByTestId("two")).toHaveText("closed");
      await change({ one: null, two: null, three: { room: "a" } });
      await expect(page.getByTestId("three")).toHaveText("open");
      await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
    });
  });
}
