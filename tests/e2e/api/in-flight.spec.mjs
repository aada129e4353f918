import { expect, test } from "../support/test.mjs";

/** What the sessions here have: they tell what may be lost, and ask soon enough to know. */
const OPTIONS = {
  queue: { inFlight: true },
  heartbeat: { message: "ping", reply: "pong", interval: 300, timeout: 300 },
};
/** The same, with a server that may be busy. */
const PATIENT = { ...OPTIONS, heartbeat: { ...OPTIONS.heartbeat, timeout: 10_000 } };

test("what was transmitted on a connection that died is told, in the order sent, as it was sent", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async (options) => {
    const session = await opened(connect("/echo", options));
    await fault("silent");
    const buffer = new Uint8Array([1, 2, 3]);
    session.send("first");
    session.send(buffer);
    buffer.fill(0);
    session.send("third");
    const inFlight = session.stats().inFlight;
    await next(session, "open");
    return {
      inFlight,
      drops: told(session, "drop").map(({ data, reason }) => ({
        data: typeof data === "string" ? data : [...new Uint8Array(data)],
        reason,
      })),
      cause: told(session, "close")[0].cause,
      after: session.stats().inFlight,
      echoed: told(session, "message").length,
    };
  }, OPTIONS);
  const reason = "in-flight-unknown";
  expect(seen).toEqual({
    inFlight: 3,
    drops: [
      { data: "first", reason },
      { data: [1, 2, 3], reason },
      { data: "third", reason },
    ],
    cause: "heartbeat-timeout",
    after: 0,
    echoed: 0,
  });
});

test("an answered heartbeat, or an answered close(), shows that all before it has arrived", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async (options) => {
    const session = await opened(connect("/echo", options));
    session.send("one");
    await next(session, "latency");
    const confirmed = session.stats().inFlight;
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    session.send("two");
    const over = next(session, "close");
    session.close(1000);
    await over;
    return {
      confirmed,
      drops: told(session, "drop"),
      closes: told(session, "close").map(({ cause }) => cause),
    };
  }, PATIENT);
  expect(seen).toEqual({ confirmed: 0, drops: [], closes: ["connection-lost", "user"] });
});

test("no more is in flight than may wait; a long stream goes through all the same", async ({ blank }) => {
  const seen = await blank.evaluate(async (options) => {
    const session = await opened(
      connect("/echo", { ...options, queue: { inFlight: true, maxMessages: 50, overflow: "throw" } }),
    );
    let most = 0;
    for (let number = 0; number < 1_000; number++) {
      session.send(String(number));
      most = Math.max(most, session.stats().inFlight);
      if (session.stats().queuedMessages === 50) await session.drained();
    }
    await until(() => told(session, "message").length === 1_000);
    return {
      most,
      inOrder: told(session, "message").every(({ data }, number) => data === String(number)),
      drops: told(session, "drop").length,
    };
  }, PATIENT);
  expect(seen).toEqual({ most: 50, inOrder: true, drops: 0 });
});

test("without the option nothing is kept and nothing told", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    session.send("one");
    const { inFlight } = session.stats();
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    return { inFlight, drops: told(session, "drop") };
  });
  expect(seen).toEqual({ inFlight: 0, drops: [] });
});
