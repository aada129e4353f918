// <KeepAlive>, <Suspense>, effect scopes and stores.

import { expect, MODES, test } from "./support/test.mjs";

for (const [title, use] of MODES) {
  test.describe(title, () => {
    test.use(use);

    const openCached = async (open, page, props = {}) => {
      await open("cached", { shown: "one", chats: { one: { room: "a", ...props } } });
      await expect(page.getByTestId("one")).toContainText("open");
    };

    test("KeepAlive: closed while hidden, the same session when shown", async ({
      open,
      page,
      change,
      call,
      sockets,
    }) => {
      await openCached(open, page, { watches: true });
      await call("one", "send", "before");
      await expect(page.getByTestId("one")).toHaveText("open before");
      await page.evaluate(() => {
        globalThis.before = chats.one.socket.value;
      });
      for (const round of [1, 2]) {
        await change({ shown: "other" });
        await expect(page.getByTestId("other")).toBeVisible();
        const closed = Array(round).fill("a 1000");
        await sockets({ opened: Array(round).fill("a"), closed });
        await change({ shown: "one" });
        await expect(page.getByTestId("one")).toHaveText("open before");
        await sockets({ opened: Array(round + 1).fill("a"), closed });
      }
      expect(await page.evaluate(() => chats.one.socket.value === before)).toBe(true);
    });

    test("KeepAlive: `closeOnDeactivate: false` lives on, until the component goes", async ({
      open,
      page,
      change,
      call,
      sockets,
    }) => {
      await openCached(open, page, { options: { closeOnDeactivate: false }, watches: true });
      await change({ shown: "other" });
      await expect(page.getByTestId("other")).toBeVisible();
      await call("one", "send", "hidden");
      await expect.poll(() => page.evaluate(() => heard)).toContain("one message hidden");
      await change({ shown: "one" });
      await expect(page.getByTestId("one")).toHaveText("open hidden");
      await sockets({ opened: ["a"] });
      await change({ shown: "other" });
      await change({ shown: null });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
    });

    test("KeepAlive: a component that goes while it is hidden leaves nothing", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await openCached(open, page);
      await change({ shown: "other" });
      await expect(page.getByTestId("other")).toBeVisible();
      await change({ shown: null });
      await sockets({ opened: ["a"], closed: ["a 1000"] });
    });

    test("KeepAlive: another URL while hidden opens when shown", async ({
      open,
      page,
      change,
      call,
      sockets,
      witness,
    }) => {
      await openCached(open, page);
      // Kept alive components hear of what they read themselves; props come when they are shown.
      await change({ shown: "other" });
      await expect(page.getByTestId("other")).toBeVisible();
      await change({ chats: { one: { room: "b" } }, shown: "one" });
      await expect(page.getByTestId("one")).toHaveText("open");
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      await call("one", "send", "to b");
      await witness.until("message");
    });

    test("KeepAlive: what is mounted in a hidden tree waits until it is shown", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await open("nested", { shown: true });
      await page.waitForFunction(() => globalThis.control && document.querySelector("#app div"));
      await change({ shown: false });
      await expect.poll(() => page.evaluate(() => document.querySelector("#app div"))).toBe(null);
      await change({ inner: true });
      await page.waitForFunction(() => chats.inner);
      await sockets({ opened: [] });
      await change({ shown: true });
      await expect(page.getByTestId("inner")).toHaveText("open");
      await sockets({ opened: ["inner"] });
      await change({ shown: false });
      await sockets({ opened: ["inner"], closed: ["inner 1000"] });
    });

    test("KeepAlive: what the user closed stays closed", async ({ open, page, change, call, sockets }) => {
      await openCached(open, page);
      await call("one", "close");
      await expect(page.getByTestId("one")).toHaveText("closed");
      await change({ shown: "other" });
      await expect(page.getByTestId("other")).toBeVisible();
      await change({ shown: "one" });
      await expect(page.getByTestId("one")).toHaveText("closed");
      await sockets({ opened: ["a"], closed: ["a 1000"] });
    });

    test("KeepAlive: hidden and shown within a moment", async ({ open, page }) => {
      await openCached(open, page);
      await page.evaluate(async () => {
        for (const shown of ["other", "one", "other", "one"]) {
          control.shown = shown;
          await new Promise((resolve) => setTimeout(resolve));
        }
      });
      await expect(page.getByTestId("one")).toHaveText("open");
      // How many came about depends on the moment; one is left, and all that were opened were closed politely.
      const balance = async () => {
        const made = await page.evaluate(() => live.map(({ readyState }) => readyState));
        return made.filter((state) => state < 2).length;
      };
      await expect.poll(balance).toBe(1);
      await page.evaluate(() => {
        control.shown = null;
      });
      await expect.poll(balance).toBe(0);
    });

    test("Suspense: nothing before it resolves, then one socket for each session", async ({
      open,
      page,
      change,
      sockets,
    }) => {
      await open("suspense", { shown: true });
      await expect(page.getByTestId("fallback")).toBeVisible();
      await sockets({ opened: [] });
      await page.evaluate(() => resolveLate());
      for (const name of ["before", "after", "child"])
        await expect(page.getByTestId(name)).toHaveText("open");
      await sockets({ opened: ["after", "before", "child"] });
      await change({ shown: false });
      await sockets({
        opened: ["after", "before", "child"],
        closed: ["after 1000", "before 1000", "child 1000"],
      });
    });

    test("Suspense: left before it resolves, nothing ever", async ({ open, page, change, sockets }) => {
      await open("suspense", { shown: true });
      await expect(page.getByTestId("fallback")).toBeVisible();
      await change({ shown: false });
      await expect(page.getByTestId("nothing")).toBeVisible();
      await page.evaluate(() => resolveLate());
      await sockets({ opened: [] });
    });

    test("an effect scope: from its beginning to its end, with a ref as URL", async ({
      open,
      page,
      sockets,
    }) => {
      await open("scope");
      await expect.poll(() => page.evaluate(() => globalThis.chats?.scoped?.state.value)).toBe("open");
      await page.evaluate(() => {
        url.value = at("b");
      });
      await sockets({ opened: ["a", "b"], closed: ["a 1000"] });
      await page.evaluate(() => {
        scope.stop();
        url.value = at("c");
      });
      await sockets({ opened: ["a", "b"], closed: ["a 1000", "b 1000"] });
    });

    test("a ref with another `URL` that says the same: nothing", async ({ open, page, sockets }) => {
      await open("scope");
      await expect.poll(() => page.evaluate(() => globalThis.chats?.scoped?.state.value)).toBe("open");
      await page.evaluate(async () => {
        for (let i = 0; i < 3; i++) {
          url.value = new URL(at("a"));
          await new Promise((resolve) => setTimeout(resolve));
        }
      });
      await sockets({ opened: ["a"] });
    });

    test("a ref that has a function: it is asked before every attempt", async ({
      open,
      page,
      witness,
      sockets,
    }) => {
      await open("scope");
      await expect.poll(() => page.evaluate(() => globalThis.chats?.scoped?.state.value)).toBe("open");
      await page.evaluate(() => {
        globalThis.asked = 0;
        url.value = async () => at(`asked-${++asked}`);
      });
      await witness.until("open", 2);
      await expect.poll(() => page.evaluate(() => chats.scoped.state.value)).toBe("open");
      await page.evaluate(() => chats.scoped.reconnect());
      await witness.until("open", 3);
      await sockets({
        opened: ["a", "asked-1", "asked-2"],
        // What `reconnect` replaces it closes without a code.
        closed: ["a 1000", "asked-1 1005"],
      });
    });

    test("a getter that gives a promise is told how it is done", async ({ open, page, sockets }) => {
      await open("chats", { chats: {} });
      await page.getByRole("heading").waitFor();
      const said = await page.evaluate(() => {
        try {
          return String(use(async () => "ws://localhost/"));
        } catch (error) {
          return `${error.name}: ${error.message}`;
        }
      });
      expect(said).toBe("TypeError: useSteadySocket: a promise is no URL");
      await sockets({ opened: [] });
    });
  });
}

test("Pinia: a store's session is no state of the store, and outlives the component that was first", async ({
  open,
  page,
  change,
  sockets,
}) => {
  await open("store", { shown: true });
  await expect(page.getByTestId("store")).toContainText("open");
  await change({ shown: false });
  await sockets({ opened: ["store"] });
  await page.evaluate(() => chats.store.send("hidden"));
  await change({ shown: true });
  await expect(page.getByTestId("store")).toHaveText("open hidden");
  expect(await page.evaluate(() => pinia.state.value)).toEqual({ chat: {} });
  await page.evaluate(() => chats.store.$dispose());
  await sockets({ opened: ["store"], closed: ["store 1000"] });
});
