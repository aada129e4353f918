import { expect, TOLERANCE_MS, test } from "../support/faulty.mjs";

const INTERVAL_MS = 600;
const TIMEOUT_MS = 900;
const SILENCE_MS = INTERVAL_MS + TIMEOUT_MS;
const MAX_DELAY_MS = 200;
const OPTIONS = {
  heartbeat: { message: "ping", reply: "pong", interval: INTERVAL_MS, timeout: TIMEOUT_MS },
  backoff: { min: 20, max: MAX_DELAY_MS },
  connectTimeout: 1000,
};

/** What each fault of an open connection comes to: how soon the page notices, and what the server saw by then. */
const FAULTS = [
  { fault: "reset", cause: "connection-lost", between: [0, 0], server: 1006 },
  { fault: "end", cause: "connection-lost", between: [0, 0], server: 1006 },
  // Nobody told the server: to it, the page is still there.
  { fault: "swallow", cause: "heartbeat-timeout", between: [SILENCE_MS, SILENCE_MS], server: undefined },
  { fault: "swallow", direction: "up", cause: "heartbeat-timeout", between: [SILENCE_MS, SILENCE_MS] },
  // The page closes the socket that it leaves, which the server hears.
  {
    fault: "swallow",
    direction: "down",
    cause: "heartbeat-timeout",
    between: [SILENCE_MS, SILENCE_MS],
    server: 1005,
  },
  { fault: "hold", cause: "heartbeat-timeout", between: [SILENCE_MS, SILENCE_MS] },
];

for (const { fault, direction = "both", cause, between, server: code } of FAULTS) {
  test(`${fault} (${direction}): ${cause}, left and back in time, and what is said from then on arrives once`, async ({
    talking,
    echo,
    path,
    server,
    client,
  }) => {
    await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
    const struck = Date.now();
    path[fault](...(fault === "reset" || fault === "end" ? [] : [direction]));
    await talking.evaluate(() => until(() => talker.opens.length === 2, "a second connection"));
    const log = await server.log(client);
    const { closes, opens, heard, sent } = await talking.evaluate(() => account());

    expect(closes).toMatchObject([{ cause, code: 1006 }]);
    const [left, back] = [closes[0].at - struck, opens[1].at - closes[0].at];
    // What was heard last may have been heard a moment before.
    expect(left).toBeGreaterThanOrEqual(between[0] - 50);
    expect(left).toBeLessThanOrEqual(between[1] + TOLERANCE_MS);
    expect(back).toBeLessThanOrEqual(MAX_DELAY_MS + TOLERANCE_MS);

    expectOnceInOrder(heard);
    const afterwards = heard.filter((number) => number > closes[0].sent);
    expect(afterwards, "nothing said without a connection is lost").toHaveLength(sent - closes[0].sent);

    const [first, second] = log.filter(({ event }) => event === "open");
    expect(second.connection).toBe(first.connection + 1);
    const ends = log.filter(({ event, connection }) => event === "close" && connection === first.connection);
    expect(ends.map(({ code }) => code)).toEqual(code === undefined ? [] : [code]);
  });
}

test("a short hold is no loss: what was on its way comes late, on the same connection", async ({
  talking,
  echo,
  path,
  server,
  client,
}) => {
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  path.hold();
  // Longer than a round trip, shorter than the interval.
  await talking.evaluate(() => {
    const { sent } = talker;
    return until(() => talker.sent > sent + 25, "a quarter of a second");
  });
  path.release();
  const { closes, heard, sent } = await talking.evaluate(() => account());
  expect(closes).toEqual([]);
  expect(heard).toEqual(upTo(sent));
  expect(await server.logged(client, "open")).toHaveLength(1);
});

test("latency below the timeout costs nothing but time", async ({ talking, echo, path, server, client }) => {
  const oneWay = TIMEOUT_MS / 8;
  path.greet = (connection) => connection.delay(oneWay);
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  const latencies = await talking.evaluate(
    async ([url, options]) => {
      // Nothing but heartbeats.
      const quiet = connect(url, { ...options, heartbeat: { ...options.heartbeat, interval: 50 } });
      await until(() => told(quiet, "latency").length === 3);
      return told(quiet, "latency").map(({ rtt }) => rtt);
    },
    [echo, OPTIONS],
  );
  for (const latency of latencies) {
    expect(latency).toBeGreaterThanOrEqual(2 * oneWay - 5);
    expect(latency).toBeLessThan(TIMEOUT_MS);
  }
  const { closes, heard, sent } = await talking.evaluate(() => account());
  expect(closes).toEqual([]);
  expect(heard).toEqual(upTo(sent));
  expect(await server.logged(client, "close")).toEqual([]);
});

test("latency beyond the timeout is a dead connection; the next one is fast", async ({
  talking,
  echo,
  path,
}) => {
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  const struck = Date.now();
  path.delay(5000);
  await talking.evaluate(() => until(() => talker.opens.length === 2, "a second connection"));
  const { closes, heard } = await talking.evaluate(() => account());
  expect(closes).toMatchObject([{ cause: "heartbeat-timeout" }]);
  expect(closes[0].at - struck).toBeLessThanOrEqual(SILENCE_MS + TOLERANCE_MS);
  // Echoes of the first connection that come after it was left are not told.
  expectOnceInOrder(heard);
});

test("a narrow path is a slow one, not a dead one: all arrives, without a false alarm", async ({
  talking,
  echo,
  path,
  server,
  client,
}) => {
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  path.throttle(75_000);
  const seen = await talking.evaluate(async () => {
    const { session } = talker;
    const start = performance.now();
    let echoes = 0;
    session.addEventListener("message", ({ data }) => {
      if (data.length > 1000) echoes++;
    });
    for (let count = 0; count < 50; count++) session.send("0".repeat(5000 - 1) + count);
    await until(() => echoes === 50, "every echo");
    return performance.now() - start;
  });
  expect(seen, "slower than the interval and the timeout together").toBeGreaterThan(
    SILENCE_MS + TOLERANCE_MS,
  );
  const { closes } = await talking.evaluate(() => account());
  expect(closes).toEqual([]);
  expect(await server.logged(client, "open")).toHaveLength(1);
});

test("a port that refuses: attempts go on, and the first one after that succeeds", async ({
  talking,
  echo,
  path,
  server,
  client,
}) => {
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  path.refuse();
  path.reset();
  await talking.evaluate(() => until(() => talker.closes.length >= 4, "three attempts that fail"));
  expect(await server.logged(client, "handshake"), "the server knows nothing of them").toHaveLength(1);
  await path.listen();
  const healed = Date.now();
  const attempts = await talking.evaluate(() => {
    const { attempts } = talker.session.stats();
    return until(() => talker.opens.length === 2, "a second connection").then(() => attempts);
  });
  const { closes, opens, heard, sent, ...end } = await talking.evaluate(() => account());
  const [lost, ...failures] = closes;
  expect(lost.cause).toBe("connection-lost");
  // Firefox holds back who fails often, longer and longer: then the time runs out before it is refused.
  const possible = ["never-opened", "connect-timeout"];
  for (const { cause } of failures) expect(possible).toContain(cause);
  expect(failures[0].cause).toBe("never-opened");
  // One may have been under way.
  expect(end.attempts - attempts).toBeLessThanOrEqual(2);
  expect(opens[1].at - healed).toBeLessThanOrEqual(MAX_DELAY_MS + OPTIONS.connectTimeout + TOLERANCE_MS);
  expectOnceInOrder(heard);
  expect(heard.filter((number) => number > lost.sent)).toHaveLength(sent - lost.sent);
});

test("a port that accepts and never answers costs the connect timeout, not the browser's", async ({
  talking,
  echo,
  path,
  server,
  client,
}) => {
  await talking.evaluate(([url, options]) => talk(url, options), [echo, OPTIONS]);
  path.greet = (connection) => connection.swallow();
  path.reset();
  await talking.evaluate(() => until(() => talker.closes.length >= 3, "two attempts that hang"));
  expect(await server.logged(client, "handshake")).toHaveLength(1);
  path.greet = () => {};
  const healed = Date.now();
  await talking.evaluate(() => until(() => talker.opens.length === 2, "a second connection"));
  const { closes, opens, heard, sent } = await talking.evaluate(() => account());
  const [lost, ...timeouts] = closes;
  expect(lost.cause).toBe("connection-lost");
  for (const { cause } of timeouts) expect(cause).toBe("connect-timeout");
  const took = closes[2].at - closes[1].at;
  expect(took).toBeGreaterThanOrEqual(OPTIONS.connectTimeout - 20);
  expect(took).toBeLessThanOrEqual(OPTIONS.connectTimeout + MAX_DELAY_MS + TOLERANCE_MS);
  expect(opens[1].at - healed).toBeLessThanOrEqual(OPTIONS.connectTimeout + MAX_DELAY_MS + TOLERANCE_MS);
  expectOnceInOrder(heard);
  expect(heard.filter((number) => number > lost.sent)).toHaveLength(sent - lost.sent);
});

function expectOnceInOrder(numbers) {
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
}

function upTo(last) {
  return Array.from({ length: last }, (_, index) => index + 1);
}
