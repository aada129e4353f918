// What a script can see of it is compared with the browser's own in tests/e2e/conformance.

import { expect, test } from "../support/test.mjs";

const STRICT = { retries: 0, queue: false };

test("retries: 0 and queue: false: send() in CONNECTING throws, and a failure is final", async ({
  blank,
  server,
  client,
}) => {
  const seen = await blank.evaluate(async (options) => {
    const session = connect("/echo", options);
    const early = thrownBy(() => session.send("too early"));
    await opened(session);
    const lost = next(session, "close");
    await fault("drop");
    const { cause, willReconnect } = await lost;
    dispatchEvent(new Event("online"));
    const control = await opened(connect(address("/echo", { client: "control" })));
    await echoed(control, "hello");
    return {
      early,
      end: { cause, willReconnect },
      readyState: session.readyState,
      told: session.told.map(({ type }) => type).filter((type) => ["retry", "drop"].includes(type)),
    };
  }, STRICT);
  expect(seen.early).toMatchObject({ name: "InvalidStateError", isDomException: true });
  expect(seen.end).toEqual({ cause: "connection-lost", willReconnect: false });
  expect(seen.readyState).toBe(3);
  expect(seen.told).toEqual([]);
  expect(await server.logged(client, "handshake")).toHaveLength(1);
});
