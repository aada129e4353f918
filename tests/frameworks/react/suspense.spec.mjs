// A render that React throws away or takes back has no socket; what is hidden keeps its own, or leaves it.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    test.beforeEach(async ({ open, page }) => {
      await open("suspense");
      await expect(page.getByText("waiting")).toBeVisible();
    });

    test("a component that waits before it is shown has none until then", async ({ page, sockets }) => {
      await sockets({ opened: [] });
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("a component that is gone before it was shown had none", async ({ page, change, sockets }) => {
      await change({ room: null });
      await expect(page.getByText("waiting")).toBeHidden();
      await page.evaluate(() => open("first"));
      await sockets({ opened: [] });
    });

    test("a component that waits later keeps it meanwhile", async ({ page, change, sockets }) => {
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      await change({ room: "a", until: "second" });
      await expect(page.getByText("waiting")).toBeVisible();
      await sockets({ opened: ["a"] });
      await page.evaluate(() => open("second"));
      await expect(page.getByText("waiting")).toBeHidden();
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a"] });
    });

    test("a render with another URL that never comes to be has none", async ({ page, change, sockets }) => {
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      const renders = () => page.evaluate(() => globalThis.renders.one);
      const before = await renders();
      await page.evaluate(() => changeInTransition({ room: "b", until: "never" }));
      await expect.poll(renders).toBeGreaterThan(before);
      await sockets({ opened: ["a"] });
      await change({ room: "a" });
      await page.evaluate(() => open("never"));
      await sockets({ opened: ["a"] });
    });

    test("who does not read messages is not rendered for them while such a render is pending, either", async ({
      page,
    }) => {
      await page.evaluate(() => open("first"));
      await expect(page.getByTestId("one")).toHaveText("open");
      const renders = () => page.evaluate(() => globalThis.renders.one);
      const before = await renders();
      await page.evaluate(() => {
        globalThis.send = [...sends.one].at(-1);
        changeInTransition({ room: "b", until: "never" });
      });
      await expect.poll(renders).toBeGreaterThan(before);
      const pending = await renders();
      await page.evaluate(() => send("meanwhile"));
      await expect.poll(() => page.evaluate(() => heard.one)).toEqual(["meanwhile"]);
      expect(await renders()).toBe(pending);
    });
  });
}

test.describe("Activity", () => {
  for (const [title, use] of MODES.filter(([, { mode }]) => mode !== "production18")) {
    test.describe(title, () => {
      test.use(use);

      test("what is hidden has no socket", async ({ open, change, page, sockets }) => {
        await open("activity");
        await expect(page.getByTestId("one")).toHaveText("idle");
        await sockets({ opened: [] });
        await change({ mode: "visible" });
        await expect(page.getByTestId("one")).toHaveText("open");
        await sockets({ opened: ["a"] });
        await change({ mode: "hidden" });
        await sockets({ opened: ["a"], closed: ["a 1000"] });
        await change({ mode: "visible" });
        await expect(page.getByTestId("one")).toHaveText("open");
        await sockets({ opened: ["a", "a"], closed: ["a 1000"] });
      });

      test("what is sent before it is ever shown waits, for its room, and not too long", async ({
        open,
        change,
        page,
        witness,
      }) => {
        await open("waiting", { props: JSON.stringify({ mode: "hidden", room: "a" }) });
        await expect(page.getByTestId("one")).toHaveText("a idle");
        await page.evaluate(() => {
          globalThis.sendToA = send;
          send("for a");
        });
        await change({ room: "b" });
        await expect(page.getByTestId("one")).toHaveText("b idle");
        await page.evaluate(() => {
          sendToA("for a, too");
          send("for b");
          send("too old", { ttl: 0 });
        });
        await change({ mode: "visible" });
        await expect(page.getByTestId("one")).toHaveText("b open");
        await witness.until("message");
        await change({ room: "a" });
        await expect(page.getByTestId("one")).toHaveText("a open");
        await witness.until("message", 3);
        const opens = new Map(witness.of("open").map(({ socket, query }) => [socket, query]));
        const received = witness.of("message").map(({ socket, data }) => `${opens.get(socket)}: ${data}`);
        expect(received).toEqual(["b: for b", "a: for a", "a: for a, too"]);
        expect(await page.evaluate(() => globalThis.dropped)).toEqual(["too old, expired"]);
      });

      test("what is sent while it is hidden again is told", async ({ open, change, page, sockets }) => {
        await open("waiting", { props: JSON.stringify({ mode: "visible", room: "a" }) });
        await expect(page.getByTestId("one")).toHaveText("a open");
        await change({ mode: "hidden" });
        await sockets({ opened: ["a"], closed: ["a 1000"] });
        await page.evaluate(() => send("while hidden"));
        expect(await page.evaluate(() => globalThis.dropped)).toEqual(["while hidden, closed"]);
      });
    });
  }
});
