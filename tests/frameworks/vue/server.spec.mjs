// Rendered on a server, with and without a global WebSocket, and brought to life in the page.

import { createPage } from "./app/served/page.js";
import { renderToString } from "./node_modules/vue/server-renderer/index.mjs";
import { expect, test } from "./support/test.mjs";

const RENDERED = ["own", "store", "late"].map((name) => `<p data-testid="${name}">idle</p>`).join("");

/** What a server gives: the page, and what it saves of its stores. */
async function render() {
  const { app, pinia } = createPage();
  return { markup: await renderToString(app), state: pinia.state.value };
}

test.describe("on a server", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "WebSocket");
  test.afterEach(() => {
    if (own) Object.defineProperty(globalThis, "WebSocket", own);
    else delete globalThis.WebSocket;
  });

  for (const [title, WebSocket] of [
    ["without a global WebSocket", undefined],
    [
      "with one, which is not asked",
      class {
        constructor() {
          throw new Error("asked");
        }
      },
    ],
  ]) {
    test(title, async () => {
      Object.defineProperty(globalThis, "WebSocket", {
        value: WebSocket,
        configurable: true,
        writable: true,
      });
      const { markup, state } = await render();
      expect(markup.replace(/<!--.*?-->/g, "")).toBe(RENDERED);
      expect(state).toEqual({ chat: {} });
    });
  }
});

test.describe("in the page", () => {
  test.use({ mode: "development" });

  test("it comes to life as it is", async ({ openRendered, page, complaints, sockets, witness }) => {
    const { markup, state } = await render();
    const saved = JSON.stringify(state).replaceAll('"', "&quot;");
    await openRendered(markup, `/served/hydrate.js" data-state="${saved}`);
    await expect(page.getByTestId("own")).toContainText("open socket");
    for (const name of ["store", "late"]) await expect(page.getByTestId(name)).toHaveText("open");
    await expect(page.getByTestId("own")).toContainText("from setup");
    expect(await page.evaluate(() => served.map(({ isConnected }) => isConnected))).toEqual([
      true,
      true,
      true,
    ]);
    expect(complaints).toEqual([]);
    await sockets({ opened: ["late", "own", "store"] });
    expect(witness.of("message").map(({ data }) => data)).toEqual(["from setup"]);
  });

  test("a mismatch would be seen", async ({ openRendered, page, complaints }) => {
    const { markup, state } = await render();
    const saved = JSON.stringify(state).replaceAll('"', "&quot;");
    await openRendered(markup.replace("idle", "open"), `/served/hydrate.js" data-state="${saved}`);
    await expect(page.getByTestId("own")).toContainText("open socket");
    expect(complaints.join()).toContain("mismatch");
  });
});
