import { expect, test } from "../support/test.mjs";

const KIB = 1024;
const MIB = 1024 * KIB;

test("64 MiB to a slow server: the socket never holds more than the watermark and one message", async ({
  blank,
}) => {
  test.setTimeout(60_000);
  const seen = await blank.evaluate(
    async ({ total, message, rate }) => {
      const session = await opened(
        connect(address("/slow", { rate }), {
          WebSocket: Spy,
          queue: { maxMessages: 2048, maxBytes: total },
          backpressure: { highWaterMark: 1024 * 1024, lowWaterMark: 256 * 1024 },
        }),
      );
      const [socket] = Spy.all;
      const samples = { count: 0, peak: 0, nonZero: 0, mismatches: [] };
      const handed = () => socket.sent.reduce((sum, data) => sum + data.byteLength, 0);
      const sample = () => {
        const amount = socket.bufferedAmount;
        samples.count++;
        samples.peak = Math.max(samples.peak, amount);
        if (amount > 0) samples.nonZero++;
      };
      const compare = (where) => {
        sample();
        const { queuedBytes } = session.stats();
        if (handed() + queuedBytes !== total) samples.mismatches.push([where, handed(), queuedBytes]);
        if (socket.bufferedAmount + queuedBytes !== session.bufferedAmount)
          samples.mismatches.push([where, "sum"]);
      };
      socket.onsent = sample;
      const atDrain = [];
      session.ondrain = () => {
        atDrain.push({ buffered: socket.bufferedAmount, handed: handed(), ...session.stats() });
      };

      const bytes = new Uint8Array(message);
      for (let sent = 0; sent < total; sent += message) session.send(bytes);
      compare("after all sends");
      const first = { queuedBytes: session.stats().queuedBytes, handed: handed() };

      const timer = setInterval(() => compare("timer"), 1);
      let received = 0;
      session.onmessage = ({ data }) => {
        compare("report");
        ({ received } = JSON.parse(data));
      };
      const drained = session.drained().then(() => ({ received, queued: session.stats().queuedBytes }));
      const deadline = performance.now() + 40_000;
      while (received < total && performance.now() < deadline) await next(session, "message");
      clearInterval(timer);
      return {
        samples,
        first,
        received,
        atDrain,
        drained: await drained,
        drops: told(session, "drop").length,
        closes: told(session, "close").length,
        sockets: Spy.all.length,
      };
    },
    { total: 64 * MIB, message: 64 * KIB, rate: 16 * MIB },
  );
  expect(seen.samples.count).toBeGreaterThan(1024);
  expect(seen.samples.nonZero, "samples that saw something in the buffer").toBeGreaterThan(100);
  expect(seen.samples.peak).toBeGreaterThan(512 * KIB);
  expect(seen.samples.peak).toBeLessThanOrEqual(MIB + 64 * KIB);
  expect(seen.samples.mismatches).toEqual([]);
  expect(seen.first.queuedBytes).toBeGreaterThanOrEqual(64 * MIB - (MIB + 64 * KIB));
  expect(seen.received).toBe(64 * MIB);
  expect(seen.atDrain).toHaveLength(1);
  expect(seen.atDrain[0]).toMatchObject({ queuedMessages: 0, queuedBytes: 0, handed: 64 * MIB });
  expect(seen.atDrain[0].buffered).toBeLessThanOrEqual(256 * KIB);
  expect(seen.drained.queued).toBe(0);
  expect(seen.drained.received, "drained() waits for the slow server").toBeGreaterThan(32 * MIB);
  expect(seen).toMatchObject({ drops: 0, closes: 0, sockets: 1 });
});

test("over maxBytes behind an open but stuck connection each overflow policy acts", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const run = async (overflow) => {
      class OwnSpy extends Spy {}
      const session = await opened(
        connect(address("/slow", { hold: 600_000 }), {
          WebSocket: OwnSpy,
          queue: { maxBytes: 4000, overflow },
          backpressure: { highWaterMark: 2000, lowWaterMark: 500 },
        }),
      );
      const socket = Spy.all.findLast((socket) => socket instanceof OwnSpy);
      const dropped = [];
      session.ondrop = ({ data, reason }) => dropped.push([data[0], reason]);
      // Within one task the browser hands nothing to the network, so that the numbers are exact.
      const thrown = [];
      for (const letter of "abcdefghij") {
        const error = thrownBy(() => session.send(letter.repeat(1000)));
        if (error) thrown.push([letter, error.name, error.isDomException]);
      }
      const { queuedBytes } = session.stats();
      const peak = socket.bufferedAmount;
      await until(() => dropped.length + thrown.length >= 4);
      return {
        handed: socket.sent
          .map((text) => text[0])
          .join("")
          .slice(0, 2),
        peak,
        queuedBytes,
        dropped,
        thrown,
      };
    };
    const outcomes = {};
    for (const overflow of ["drop-oldest", "drop-newest", "throw"]) outcomes[overflow] = await run(overflow);
    return outcomes;
  });
  const lost = (letters) => [...letters].map((letter) => [letter, "overflow"]);
  const common = { handed: "ab", peak: 2000, queuedBytes: 4000 };
  expect(seen).toEqual({
    "drop-oldest": { ...common, dropped: lost("cdef"), thrown: [] },
    "drop-newest": { ...common, dropped: lost("ghij"), thrown: [] },
    throw: {
      ...common,
      dropped: [],
      thrown: [..."ghij"].map((letter) => [letter, "QuotaExceededError", true]),
    },
  });
});

test("drain does not fire while something waits, and fires for each time something did", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const session = await opened(
      connect("/echo", { WebSocket: Spy, backpressure: { highWaterMark: 1000, lowWaterMark: 100 } }),
    );
    const [socket] = Spy.all;
    const atDrain = [];
    session.addEventListener("drain", () => {
      atDrain.push([session.stats().queuedMessages, socket.bufferedAmount <= 100]);
    });
    const flood = async (last) => {
      for (let number = 0; number < 9; number++) session.send("x".repeat(500));
      const drained = next(session, "drain");
      await echoed(session, last);
      await drained;
    };
    await flood("one");
    await flood("two");
    return { atDrain, messages: told(session, "message").length };
  });
  expect(seen.atDrain).toEqual([
    [0, true],
    [0, true],
  ]);
  expect(seen.messages).toBe(20);
});
