import { expect } from "../fixtures.mjs";

const ANSWERED = { heard: ["before"], closes: 0 };

const CLOSE = { cause: "server-close", wasClean: true, willReconnect: true, state: "open" };
const DISMISSAL = { ...CLOSE, code: 4401, reason: "expired", willReconnect: false, state: "closed" };
const FAREWELL = { ...CLOSE, code: 4000, reason: "žlutý" };
const GOING_AWAY = { ...CLOSE, code: 1001, reason: "" };
const RESTART = { ...CLOSE, code: 1012, reason: "restart" };

/** The columns of the matrix by their titles: each is `{ cell, run }`, `cell` being what the table says when it passed. */
export const COLUMNS = {
  "text and binary": column(async ({ page, row }) => {
    const { sent, heard } = await page.evaluate((row) => visits.echo(row), row);
    expect(heard).toEqual(sent);
  }),

  subprotocol: column(async ({ page, row }) => {
    expect(await page.evaluate((row) => visits.choose(row, ["other", "echo"]), row)).toBe("echo");
    expect(await page.evaluate((row) => visits.choose(row, "echo"), row)).toBe("echo");
    expect(await page.evaluate((row) => visits.choose(row, []), row)).toBe("");
  }),

  "closed by the server": column(expectVerdicts([DISMISSAL, FAREWELL, GOING_AWAY, RESTART])),

  "killed and restarted": column(async ({ page, row, server }) => {
    await page.evaluate((row) => visits.settle(row), row);
    await server.kill();
    const closes = await page.evaluate((row) => visits.talkAlone(row), row);
    await server.restart();
    expect(await page.evaluate((row) => visits.goOn(row), row)).toEqual({
      reconnected: true,
      heard: ["before", "one", "two", "three", "after"],
    });
    expect(closes[0]).toEqual({ cause: "connection-lost", willReconnect: true });
    for (const close of closes.slice(1))
      expect(close).toEqual({ cause: "never-opened", willReconnect: true });
  }),

  heartbeat: column(async ({ page, row, server }) => {
    const heartbeat = { message: "ping", reply: "pong", interval: 200, timeout: 5000 };
    expect(await page.evaluate(([row, heartbeat]) => visits.beats(row, heartbeat), [row, heartbeat])).toEqual(
      ANSWERED,
    );
    await expectToNoticeSilence({ page, row, server, heartbeat: { ...heartbeat, timeout: 1000 } });
  }),
};

/** A server that knows no subprotocols. Who asks for one is refused by Chromium, while Firefox connects without. */
export const noSubprotocol = column(async ({ page, row }) => {
  const [native, ours] = await page.evaluate((row) => visits.ask(row, "echo"), row);
  expect(ours).toEqual(native);
  expect(ours.protocol).toBe("");
}, "none");

export const firstSubprotocol = column(async ({ page, row }) => {
  expect(await page.evaluate((row) => visits.choose(row, ["other", "echo"]), row)).toBe("other");
}, "the first one");

/** A server that makes text of all messages. */
export const textAlone = { ...COLUMNS["text and binary"], cell: "text" };

/** A server that sees bytes and not messages. */
export const bytes = column(async ({ page, row }) => {
  const { sent, heard } = await page.evaluate((row) => visits.stream(row), row);
  expect(heard).toEqual(sent);
}, "a stream of bytes");

/** A server that may close with codes of its applications alone. */
export const ownCodes = column(expectVerdicts([DISMISSAL, FAREWELL]), "1000 and 3000–4999 only");

/** A connection that lives as long as the script behind it, and ends without a close frame. */
export const scriptEnds = column(async ({ page, row, server }) => {
  const counting = { ...row, url: `${server.origin}/count.sh` };
  const count = ["1", "2", "3", "4", "5"];
  expect(await page.evaluate((row) => visits.countTwice(row), counting)).toEqual({
    heard: [...count, ...count],
    close: { cause: "connection-lost", code: 1006, reason: "", wasClean: false, willReconnect: true },
  });
}, "the script ends");

/** A server without close codes: it hangs up, or says in a packet that the client is to go. */
export const hangUp = column(async ({ page, row }) => {
  const [hungUp, dismissed] = await page.evaluate(
    (row) => Promise.all([visits.closed(row, "hang up"), visits.dismissed(row)]),
    row,
  );
  expect(hungUp).toMatchObject({ cause: "server-close", code: 1005, willReconnect: true, state: "open" });
  expect(dismissed).toEqual({ state: "closed", opened: 1 });
}, "no codes");

/** A server that asks itself: it is answered, closes on who does not answer, and is missed when it asks no more. */
export const pings = column(async ({ page, row, server }) => {
  expect(await page.evaluate((row) => visits.answerPings(row, 6), row), "pings answered").toEqual({
    closes: 0,
  });
  expect(await page.evaluate((row) => visits.ignorePings(row), row), "pings not answered").toMatchObject({
    cause: "server-close",
    willReconnect: true,
  });
  const acknowledged = { message: '420["heartbeat"]', reply: "430[]", interval: 100, timeout: 5000 };
  expect(
    await page.evaluate(([row, heartbeat]) => visits.beats(row, heartbeat), [row, acknowledged]),
  ).toEqual(ANSWERED);
  // A packet that means nothing: the server's next ping is the answer.
  await expectToNoticeSilence({
    page,
    row,
    server,
    heartbeat: { message: "6", interval: 600, timeout: 1000 },
  });
}, "✓ and its own pings");

/** The session ends or comes back, as the code says. */
function expectVerdicts(expected) {
  const requests = expected.map(({ code, reason }) => `close ${code} ${reason}`);
  return async ({ page, row }) => {
    const closes = await page.evaluate(
      ([row, requests]) => Promise.all(requests.map((request) => visits.closed(row, request))),
      [row, requests],
    );
    if (row.abrupt) for (const close of closes) close.wasClean = true;
    expect(closes).toEqual(expected);
  };
}

async function expectToNoticeSilence({ page, row, server, heartbeat }) {
  await page.evaluate(([row, heartbeat]) => visits.settle(row, { heartbeat }), [row, heartbeat]);
  server.freeze();
  expect(await page.evaluate(() => visits.loss())).toEqual({
    cause: "heartbeat-timeout",
    willReconnect: true,
  });
  server.thaw();
  expect(await page.evaluate((row) => visits.goOn(row), row)).toEqual({
    reconnected: true,
    heard: ["before", "after"],
  });
}

function column(run, cell) {
  return { run, cell };
}
