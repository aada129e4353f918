import { expect, test } from "../support/faulty.mjs";

const HOUR_MS = 3_600_000;
const OPTIONS = {
  heartbeat: { message: "ping", reply: "pong", interval: HOUR_MS, timeout: 5000 },
  backoff: { min: 20, max: 100 },
  queue: { inFlight: true },
};

test("an answer confirms what was sent before its own question, and no more", async ({
  blank,
  path,
  client,
}) => {
  // So slow that three questions are under way at once.
  path.greet = (connection) => connection.delay(300);
  const seen = await blank.evaluate(
    async ([url, options]) => {
      // Chatter proves life all the time, so that a wake asks again although the last question is not answered.
      const session = await opened(connect(url, { ...options, WebSocket: Spy }));
      const ask = () => document.dispatchEvent(new Event("visibilitychange"));
      const pings = () => Spy.all[0].sent.filter((data) => data === "ping").length;
      const answers = [];
      Spy.all[0].addEventListener("message", ({ data }) => {
        if (data !== "pong") return;
        answers.push({ asked: pings(), inFlight: session.stats().inFlight });
        if (answers.length > 1) return;
        session.send("third");
        ask();
      });
      session.send("first");
      ask();
      await next(session, "message");
      session.send("second");
      ask();
      await until(() => answers.length === 3, "three answers");
      return { answers, rtts: told(session, "latency").map(({ rtt }) => rtt) };
    },
    [`${path.origin}/ticker?client=${client}`, OPTIONS],
  );
  expect(seen.answers.map(({ asked }) => asked)).toEqual([2, 3, 3]);
  // The middle one may be confirmed late, but what was sent after its question is not confirmed by it.
  expect(seen.answers[0].inFlight).toBeGreaterThanOrEqual(1);
  expect(seen.answers[1].inFlight, "the third is not known to have arrived").toBeGreaterThanOrEqual(1);
  expect(seen.answers[2].inFlight).toBe(0);
  for (const rtt of seen.rtts) expect(rtt, "there and back").toBeGreaterThanOrEqual(590);
});

for (const fault of ["swallow", "reset", "end"]) {
  test(`${fault}: what was sent into it is told as of unknown outcome, what was confirmed before is not`, async ({
    blank,
    echo,
    path,
  }) => {
    await blank.evaluate(
      async ([url, options]) => {
        const heartbeat = { ...options.heartbeat, interval: 100, timeout: 1500 };
        globalThis.session = await opened(connect(url, { ...options, heartbeat }));
        session.send("confirmed");
        await until(() => session.stats().inFlight === 0, "the server is known to have it");
      },
      [echo, OPTIONS],
    );
    // Nothing more gets through, then the fault.
    path.swallow();
    await blank.evaluate(() => {
      globalThis.back = next(session, "open");
      session.send("one");
      session.send("two");
    });
    if (fault !== "swallow") path[fault]();
    const { drops, inFlight, answer } = await blank.evaluate(async () => {
      await back;
      const answer = await echoed(session, "after");
      const drops = told(session, "drop").map(({ data, reason }) => [data, reason]);
      await until(() => session.stats().inFlight === 0);
      return { drops, inFlight: session.stats().inFlight, answer };
    });
    expect(drops).toEqual([
      ["one", "in-flight-unknown"],
      ["two", "in-flight-unknown"],
    ]);
    expect([inFlight, answer]).toEqual([0, "after"]);
  });
}
