import { expect, test } from "../support/test.mjs";

/** Path of an option, a wrong value, and how the message shows it. */
const BAD_OPTIONS = [
  ["backoff.min", -1],
  ["backoff.max", -1],
  ["backoff.factor", 0.5],
  ["backoff.stableAfter", -5],
  ["retries", -1],
  ["connectTimeout", -1],
  ["urlTimeout", -1],
  ["closeTimeout", -1],
  ["heartbeat.interval", -1],
  ["heartbeat.timeout", -1],
  ["queue.maxMessages", -1],
  ["queue.maxBytes", -1],
  ["queue.ttl", -1],
  ["queue.overflow", "drop"],
  ["backpressure.highWaterMark", -1],
  ["backpressure.lowWaterMark", -1],
  ["pageHide.code", 1001],
  ["pageHide.code", 2999],
  ["connectTimeout", "soon"],
  ["retries", "NaN"],
  ["queue.maxBytes", "many"],
  ["queue.inFlight", true],
];

test("bad options: a RangeError that names the option, its value and what is allowed", async ({
  blank,
  server,
  client,
}) => {
  const errors = await blank.evaluate((options) => {
    return options.map(([path, value]) => {
      const [group, name] = path.split(".");
      const given = name === undefined ? { [group]: value } : { [group]: { [name]: value } };
      if (group === "heartbeat") given.heartbeat.message = "ping";
      return thrownBy(() => new SteadySocket(address("/echo"), [], given));
    });
  }, BAD_OPTIONS);
  for (const [index, [path, value]] of BAD_OPTIONS.entries()) {
    const { name, message } = errors[index] ?? {};
    expect.soft(name, `${path}: ${value}`).toBe("RangeError");
    expect.soft(message, `${path}: ${value}`).toContain(path);
    expect.soft(message, `${path}: ${value}`).toContain(String(value));
    expect.soft(message, `${path}: ${value}`).toMatch(/allowed: \S/);
  }
  expect(await server.log(client), "none of them connected").toEqual([]);
});

test("options that contradict each other, and a farewell that is too long", async ({ blank }) => {
  const seen = await blank.evaluate(() => {
    const make = (options) => thrownBy(() => new SteadySocket(address("/echo"), [], options));
    return {
      backoff: make({ backoff: { min: 1000, max: 500 } }),
      marks: make({ backpressure: { highWaterMark: 1000, lowWaterMark: 2000 } }),
      reason: make({ pageHide: { reason: "é".repeat(62) } }),
      // The longest that is allowed, and extremes that are.
      fine: make({
        startClosed: true,
        retries: Number.POSITIVE_INFINITY,
        pageHide: { code: 4999, reason: `${"é".repeat(61)}x` },
        backoff: { min: 1, max: 1 },
      }),
    };
  });
  expect(seen.backoff).toMatchObject({
    name: "RangeError",
    message: expect.stringMatching(/backoff\.(min|max)/),
  });
  expect(seen.marks).toMatchObject({ name: "RangeError", message: expect.stringMatching(/WaterMark/) });
  expect(seen.reason).not.toBeNull();
  expect(["RangeError", "SyntaxError"]).toContain(seen.reason.name);
  expect(seen.fine).toBeNull();
});

test("bad URLs and subprotocols: a SyntaxError, as WebSocket has it", async ({ blank, server, client }) => {
  const seen = await blank.evaluate(() => {
    const make = (url, protocols) => thrownBy(() => new SteadySocket(url, protocols));
    const path = address("/echo");
    return {
      scheme: make("ftp://localhost/"),
      mail: make("mailto:a@example.com"),
      broken: make("http://["),
      port: make("ws://localhost:99999/"),
      fragment: make(`${path}#part`),
      emptyFragment: make(`${path}#`),
      duplicates: make(path, ["a", "a"]),
      noToken: make(path, "no token"),
      empty: make(path, [""]),
    };
  });
  for (const [name, error] of Object.entries(seen)) {
    expect(error, name).toMatchObject({ name: "SyntaxError", isDomException: true });
    expect(error.message.length, name).toBeGreaterThan(10);
  }
  expect(await server.log(client)).toEqual([]);
});

test("bad close codes: InvalidAccessError; long reasons: SyntaxError; the session lives on", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    const codes = [0, 999, 1001, 1005, 1006, 2999, 5000, 66_536, -1, Number.NaN, "no code"];
    const errors = {};
    for (const code of codes) errors[code] = thrownBy(() => session.close(code));
    const long = [
      thrownBy(() => session.close(1000, "x".repeat(124))),
      thrownBy(() => session.close(undefined, "é".repeat(62))),
    ];
    const answer = await echoed(session, "still here");
    const over = next(session, "close");
    session.close(1000, `${"é".repeat(61)}x`);
    const { wasClean } = await over;
    return { errors, long, answer, wasClean };
  });
  expect(Object.keys(seen.errors)).toHaveLength(11);
  for (const [code, error] of Object.entries(seen.errors)) {
    expect(error, `code ${code}`).toMatchObject({ name: "InvalidAccessError", isDomException: true });
  }
  for (const error of seen.long) expect(error).toMatchObject({ name: "SyntaxError", isDomException: true });
  expect(seen.answer).toBe("still here");
  expect(seen.wasClean).toBe(true);
});

test("close codes are converted as the standard says: clamped and rounded, ties to even", async ({
  blank,
}) => {
  const verdicts = await blank.evaluate(() => {
    // Not compared with the browser's own: Chromium cuts the fraction off.
    const codes = [
      999.6,
      1000.4,
      1000.6,
      2999.5,
      3000.5,
      4999.4,
      4999.6,
      "1000",
      " 3000 ",
      null,
      true,
      [4000],
      1e10,
    ];
    return codes.map((code) => {
      const session = new SteadySocket(address("/echo"), [], { startClosed: true });
      return [String(code), thrownBy(() => session.close(code))?.name ?? "accepted"];
    });
  });
  expect(verdicts).toEqual([
    ["999.6", "accepted"],
    ["1000.4", "accepted"],
    ["1000.6", "InvalidAccessError"],
    ["2999.5", "accepted"],
    ["3000.5", "accepted"],
    ["4999.4", "accepted"],
    ["4999.6", "InvalidAccessError"],
    ["1000", "accepted"],
    [" 3000 ", "accepted"],
    ["null", "InvalidAccessError"],
    ["true", "InvalidAccessError"],
    ["4000", "accepted"],
    ["10000000000", "InvalidAccessError"],
  ]);
});

test("a bad ttl: a RangeError that names it, and nothing is sent", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const session = connect("/echo");
    const errors = [-1, Number.NaN, "soon"].map((ttl) => thrownBy(() => session.send("never", { ttl })));
    await opened(session);
    await echoed(session, "hello");
    return { errors, messages: told(session, "message").map(({ data }) => data) };
  });
  for (const error of seen.errors) {
    expect(error).toMatchObject({ name: "RangeError", message: expect.stringContaining("ttl") });
  }
  expect(seen.messages).toEqual(["hello"]);
});
