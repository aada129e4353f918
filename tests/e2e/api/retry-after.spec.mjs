import { expect, test } from "../support/test.mjs";

test("retryAfter() comes back when the close reason says, spread a little, and has no opinion otherwise", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const { retryAfter } = await import("/pkg/dist/retry-after.js");
    const delays = async (client, code, reason, options) => {
      const session = await opened(
        connect(address("/echo", { client }), { retry: retryAfter(options), backoff: { min: 20, max: 100 } }),
      );
      await fault("close", { client, code, reason });
      await until(() => session.state === "closed" || told(session, "retry").length > 0);
      const delay = told(session, "retry")[0]?.delay;
      const { state } = session;
      session.close();
      return { delay, state };
    };
    return Promise.all([
      delays("a", 1012, "restarting; retry-after=48"),
      delays("b", 1001, "Retry-After=0.5", { spread: 0 }),
      delays("c", 1013, "retry-after=90000", { max: 7_000, spread: 0 }),
      delays("d", 1011, "no-retry-after"),
      delays("e", 1008, "retry-after=1"),
    ]);
  });
  const [spread, exact, capped, silent, stopped] = seen;
  expect(spread.delay).toBeGreaterThanOrEqual(48_000);
  expect(spread.delay).toBeLessThan(53_000);
  expect(exact.delay).toBe(500);
  expect(capped.delay).toBe(7_000);
  expect(silent.delay).toBeLessThanOrEqual(100);
  expect(stopped).toEqual({ delay: undefined, state: "closed" });
});

test("retryAfter() refuses what is no number of ms", async ({ blank }) => {
  const errors = await blank.evaluate(async () => {
    const { retryAfter } = await import("/pkg/dist/retry-after.js");
    return [{ max: -1 }, { spread: "5" }, { max: Infinity }].map((options) =>
      thrownBy(() => retryAfter(options)),
    );
  });
  expect(errors.map((error) => error?.name)).toEqual(["RangeError", "RangeError", "RangeError"]);
  expect(errors[0].message).toContain("max is -1");
});
