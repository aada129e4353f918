import { equip, expect, openBlank, test } from "../support/test.mjs";

/**
 * Firefox closes a page's sockets with 1001 as soon as a navigation starts, before any handler runs and while the page
 * lives on: a session that is quick comes back for the moment that is left. That is not the subject here.
 */
const PATIENT = { backoff: { min: 3_600_000, max: 3_600_000 } };
const POLITE = { code: 1000, reason: "page hidden" };

async function openSession(page, server, client, options = {}) {
  await page.evaluate(
    async (options) => {
      globalThis.session = await opened(connect("/echo", options));
      await echoed(session, "here");
    },
    { ...PATIENT, ...options },
  );
  expect(await server.logged(client, "open")).toHaveLength(1);
}

/** What the server saw of the end of `client`'s only connection. */
async function farewell(server, client) {
  await expect.poll(() => server.logged(client, "close"), "the server sees one end").toHaveLength(1);
  const [{ code, reason }] = await server.logged(client, "close");
  return { code, reason };
}

function expectLeft(browserName, { code, reason }) {
  if (browserName === "chromium") expect({ code, reason }).toEqual(POLITE);
  else expect([1000, 1001]).toContain(code);
}

test("navigation: the server sees a close frame", async ({ blank, server, client, browserName }) => {
  await openSession(blank, server, client);
  await blank.goto(`${server.origin}/style.css`);
  expectLeft(browserName, await farewell(server, client));
});

test("a followed link to another origin: the server sees a close frame", async ({
  blank,
  server,
  client,
  browserName,
}) => {
  await openSession(blank, server, client);
  await blank.evaluate((port) => location.assign(`http://127.0.0.1:${port}/healthz`), server.port);
  expectLeft(browserName, await farewell(server, client));
});

test("reload: the server sees a close frame", async ({ blank, server, client, browserName }) => {
  await openSession(blank, server, client);
  await blank.reload();
  expectLeft(browserName, await farewell(server, client));
});

test("a closed tab: the server sees 1000 and the reason", async ({ context, server, browserName }) => {
  const tabs = Array.from({ length: 8 }, (_, tab) => `tab-${tab}`);
  for (const tab of tabs) {
    const page = await context.newPage();
    await openBlank(page, server, tab);
    await openSession(page, server, tab);
    await page.close();
  }
  const ends = await Promise.all(tabs.map((tab) => farewell(server, tab)));
  const polite = ends.filter(({ code, reason }) => code === POLITE.code && reason === POLITE.reason);
  if (browserName === "chromium") {
    expect(polite).toHaveLength(tabs.length);
  } else {
    // Firefox stops the scripts of a tab that was the last one of its process, now and then before the handler of
    // `pagehide` has come far: then it says 1001 itself. The busier the machine, the more often.
    expect(ends.filter(({ code }) => code !== 1000 && code !== 1001)).toEqual([]);
    expect(polite).not.toHaveLength(0);
  }
});

/** A blank page opened by `opener`, which holds it in `popup`. It shares the opener's process, which goes on. */
async function openPopup(opener, context, server, client) {
  const [popup] = await Promise.all([
    context.waitForEvent("page"),
    opener.evaluate(() => {
      globalThis.popup = open("/healthz");
    }),
  ]);
  await popup.waitForURL(`${server.origin}/healthz`);
  await equip(popup, client);
  return popup;
}

test("window.close() of a popup: the server sees 1000 and the reason", async ({ blank, context, server }) => {
  const popup = await openPopup(blank, context, server, "popup");
  await openSession(popup, server, "popup");
  await blank.evaluate(() => popup.close());
  expect(await farewell(server, "popup")).toEqual(POLITE);
});

test("a removed iframe: the server sees 1000 and the reason", async ({ blank, server }) => {
  await blank.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = "/healthz";
    document.body.append(frame);
    return new Promise((resolve) => {
      frame.onload = resolve;
    });
  });
  const [, frame] = blank.frames();
  await equip(frame, "frame");
  await openSession(frame, server, "frame");
  await blank.evaluate(() => document.querySelector("iframe").remove());
  const { code, reason } = await farewell(server, "frame");
  expect(code).not.toBe(1006);
  expect([1000, 1001]).toContain(code);
  if (code === 1000) expect(reason).toBe("page hidden");
});

test("what was sent just before the tab was closed still arrives", async ({ blank, context, server }) => {
  const witness = await context.newPage();
  await witness.goto(`${server.origin}/healthz`);
  await equip(witness, "witness");
  await witness.evaluate(async () => {
    globalThis.session = await opened(connect(address("/chat", { name: "witness" })));
  });
  await blank.evaluate(async () => {
    const session = await opened(connect(address("/chat", { name: "leaver" })));
    addEventListener("pagehide", () =>
      session.send(JSON.stringify({ type: "say", id: "1", text: "too late?" })),
    );
    session.send(JSON.stringify({ type: "say", id: "0", text: "just in time" }));
  });
  await blank.close();
  await witness.waitForFunction(() =>
    told(session, "message").some(({ data }) => JSON.parse(data).text === "just in time"),
  );
});

test("pageHide: another code and reason", async ({ blank, context, server }) => {
  const popup = await openPopup(blank, context, server, "popup");
  await openSession(popup, server, "popup", { pageHide: { code: 4801, reason: "gone for tea" } });
  await blank.evaluate(() => popup.close());
  expect(await farewell(server, "popup")).toEqual({ code: 4801, reason: "gone for tea" });
});

for (const options of [{ pageHide: { close: false } }, { retries: 0 }]) {
  test(`${JSON.stringify(options)}: the browser says its own goodbye`, async ({ blank, server, client }) => {
    await openSession(blank, server, client, options);
    await blank.close();
    expect(await farewell(server, client)).toMatchObject({ code: 1001 });
  });
}

test("a navigation that leads nowhere (204) does not cost the session", async ({ blank, server, client }) => {
  await openSession(blank, server, client, { backoff: { min: 20, max: 100 } });
  await blank.route("**/nowhere", (route) => route.fulfill({ status: 204 }));
  await blank.evaluate(async () => {
    addEventListener("beforeunload", () => {
      globalThis.unloading = true;
    });
    location.assign("/nowhere");
  });
  await blank.waitForFunction(() => globalThis.unloading);
  const state = await blank.evaluate(async () => {
    // Firefox closes the socket all the same; the session comes back.
    await echoed(await opened(session), "still here");
    return session.state;
  });
  expect(state).toBe("open");
});
