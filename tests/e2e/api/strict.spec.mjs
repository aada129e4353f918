import { addScript, expect, test } from "../support/test.mjs";

const STRICT = { retries: 0, queue: false };

for (const scene of [
  "the server closes",
  "the connection is lost",
  "the handshake is refused",
  "close() while connecting",
  "close() without arguments",
  "close() with a code, twice",
  "send() at all times",
  "bufferedAmount after close()",
  "the properties",
]) {
  test(`retries: 0 and queue: false are a WebSocket: ${scene}`, async ({ blank }) => {
    await addScript(blank, "scenes.js");
    const { native, steady } = await blank.evaluate(
      async ({ scene, options }) => {
        const play = scenes[scene];
        return {
          native: await play((protocols = []) => new WebSocket(address("/echo"), protocols)),
          steady: await play((protocols = []) => new SteadySocket(address("/echo"), protocols, options)),
        };
      },
      { scene, options: STRICT },
    );
    expect(native.length).toBeGreaterThanOrEqual(2);
    expect(steady).toEqual(native);
  });
}

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
