import { expect, test } from "../support/test.mjs";

/** With a delay drawn from this, nobody waits for the attempt: only a sign of life brings it about. */
const PATIENT = { backoff: { min: 3_600_000, max: 3_600_000 } };

test("going offline and online: an open session is not disturbed", async ({ blank, context }) => {
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo"));
    globalThis.heard = [];
    for (const type of ["offline", "online"]) addEventListener(type, () => heard.push(type));
  });
  await context.setOffline(true);
  await blank.waitForFunction(() => heard.length === 1);
  await context.setOffline(false);
  await blank.waitForFunction(() => heard.length === 2);
  const seen = await blank.evaluate(async () => ({
    heard,
    answer: await echoed(session, "hello"),
    closes: told(session, "close"),
    opens: told(session, "open").length,
  }));
  expect(seen).toEqual({ heard: ["offline", "online"], answer: "hello", closes: [], opens: 1 });
});

test("what ends while the browser is offline has the cause offline; online brings it back at once", async ({
  blank,
  context,
  server,
  client,
}) => {
  await blank.evaluate(async (options) => {
    globalThis.session = await opened(connect("/echo", options));
    globalThis.ending = next(session, "close");
    globalThis.wentOffline = new Promise((resolve) => addEventListener("offline", resolve, { once: true }));
  }, PATIENT);
  await context.setOffline(true);
  await blank.evaluate(() => wentOffline);
  // From outside: the page itself cannot ask the server now.
  await server.fault(client, "drop");
  const closed = await blank.evaluate(async () => {
    const { cause, willReconnect } = await ending;
    session.send("meanwhile");
    return { cause, willReconnect, readyState: session.readyState };
  });
  expect(closed).toEqual({ cause: "offline", willReconnect: true, readyState: 0 });
  await context.setOffline(false);
  const back = await blank.evaluate(async () => {
    await opened(session);
    await until(() => told(session, "message").length === 1);
    return {
      messages: told(session, "message").map(({ data }) => data),
      opens: told(session, "open").length,
    };
  });
  expect(back).toEqual({ messages: ["meanwhile"], opens: 2 });
});

test("a browser that says it is offline is not believed: the session connects all the same", async ({
  blank,
}) => {
  // Chromium says so in a namespace that has only a loopback interface, where sockets open fine.
  const seen = await blank.evaluate(async () => {
    Object.defineProperty(Navigator.prototype, "onLine", { configurable: true, get: () => false });
    const session = await opened(connect("/echo"));
    const back = next(session, "open");
    await fault("drop");
    await back;
    return { online: navigator.onLine, answer: await echoed(session, "hello") };
  });
  expect(seen).toEqual({ online: false, answer: "hello" });
});

test("a sign of life cuts a long wait short: online, visible again, shown from the page cache", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async (options) => {
    const session = await opened(connect("/echo", options));
    const states = [];
    for (const signal of [
      () => dispatchEvent(new Event("online")),
      () => document.dispatchEvent(new Event("visibilitychange")),
      () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })),
    ]) {
      const lost = next(session, "retry");
      await fault("drop");
      await lost;
      states.push(session.state);
      const back = next(session, "open");
      signal();
      await back;
    }
    return { states, answer: await echoed(session, "hello"), opens: told(session, "open").length };
  }, PATIENT);
  expect(seen).toEqual({ states: ["waiting", "waiting", "waiting"], answer: "hello", opens: 4 });
});
