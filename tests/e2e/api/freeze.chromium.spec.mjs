import { untouchedChromium } from "../support/chromium.mjs";
import { expect, openBlank, test } from "../support/test.mjs";

test("a frozen page closes politely, and comes back when it is resumed", async ({
  server,
  client,
  launchOptions,
}) => {
  const { browser, end } = await untouchedChromium(launchOptions);
  try {
    const [context] = browser.contexts();
    const page = await context.newPage();
    await openBlank(page, server, client);
    await page.evaluate(async () => {
      globalThis.lifecycle = [];
      for (const type of ["freeze", "resume"]) document.addEventListener(type, () => lifecycle.push(type));
      globalThis.session = await opened(connect("/echo", { backoff: { min: 3_600_000, max: 3_600_000 } }));
    });
    await page.evaluate(async () => {
      globalThis.byUser = connect(address("/echo", { client: "by-user" }));
      await opened(byUser);
      const over = next(byUser, "close");
      byUser.close(1000);
      await over;
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
    await expect
      .poll(() => server.logged(client, "close"))
      .toMatchObject([{ code: 1000, reason: "page hidden" }]);
    await devtools.send("Page.setWebLifecycleState", { state: "active" });
    await expect.poll(() => server.logged(client, "open")).toHaveLength(2);
    const seen = await page.evaluate(async () => ({
      lifecycle,
      answer: await echoed(await opened(session), "back"),
      closes: told(session, "close").map(({ cause, willReconnect }) => ({ cause, willReconnect })),
      suspended: told(session, "statechange").some(({ to }) => to === "suspended"),
      byUser: byUser.state,
    }));
    expect(seen).toEqual({
      lifecycle: ["freeze", "resume"],
      answer: "back",
      closes: [{ cause: "page-hidden", willReconnect: true }],
      suspended: true,
      byUser: "closed",
    });
    expect(await server.logged("by-user", "handshake")).toHaveLength(1);
  } finally {
    await end();
  }
});
