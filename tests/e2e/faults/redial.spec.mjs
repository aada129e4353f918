import { expect, TOLERANCE_MS, test } from "../support/faulty.mjs";

/** A handshake that has been going on for longer than this is not waited for when the page wakes. */
const HUNG_MS = 2000;
const HOUR_MS = 3_600_000;
const PATIENT = { backoff: { min: HOUR_MS, max: HOUR_MS }, connectTimeout: HOUR_MS };

// Begun while the network is away (the page is told so by a dispatched event: with the network switched off from outside
// a handshake fails at once instead of hanging) or while the page is hidden, which to the handshake is the same.
for (const [wake, dispatch] of [
  ["online", () => dispatchEvent(new Event("online"))],
  ["visible", () => document.dispatchEvent(new Event("visibilitychange"))],
]) {
  test(`${wake}: a handshake that hangs is replaced at once; nobody waits for its timeout`, async ({
    blank,
    echo,
    path,
  }) => {
    path.greet = (connection) => connection.swallow();
    await blank.evaluate(
      async ([url, options, hung]) => {
        dispatchEvent(new Event("offline"));
        globalThis.session = connect(url, options);
        await until(() => session.state === "connecting");
        session.send("meanwhile");
        const began = performance.now();
        await until(() => performance.now() - began > hung, "the handshake hangs");
      },
      [echo, PATIENT, HUNG_MS + 200],
    );
    path.greet = () => {};
    expect(path.accepted).toBe(1);
    await blank.evaluate(() => {
      globalThis.back = next(session, "message").then(({ data }) => ({ data, at: Date.now() }));
    });
    const woken = Date.now();
    await blank.evaluate(dispatch);
    const { data, at } = await blank.evaluate(() => back);
    expect(data).toBe("meanwhile");
    expect(at - woken).toBeLessThanOrEqual(TOLERANCE_MS);
    expect(path.accepted).toBe(2);
  });
}
