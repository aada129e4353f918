import { addScript, expect, test } from "../support/test.mjs";

const EVENTS = ["open", "message", "error", "close", "statechange", "retry", "drop", "drain", "latency"];

test("what a listener throws reaches window.onerror, and the session lives on", async ({ blank }) => {
  await addScript(blank, "eventful.js");
  const seen = await blank.evaluate(async (events) => {
    const reported = [];
    addEventListener("error", (event) => {
      reported.push(event.error?.message);
      event.preventDefault();
    });
    const session = eventful(client, (session) => {
      for (const type of events) {
        session[`on${type}`] = () => {
          throw new Error(`on${type}`);
        };
        session.addEventListener(type, () => {
          throw new Error(`listener of ${type}`);
        });
      }
    });
    await opened(session);
    await until(() => told(session, "message").length >= 3 && told(session, "latency").length >= 1);
    const back = next(session, "open");
    await fault("drop");
    await back;
    const answer = await echoed(session, "still here");
    const over = next(session, "close");
    session.close(1000);
    await over;
    return { reported: [...new Set(reported)], answer, state: session.state };
  }, EVENTS);
  expect(new Set(seen.reported)).toEqual(
    new Set(EVENTS.flatMap((type) => [`on${type}`, `listener of ${type}`])),
  );
  expect(seen.answer).toBe("still here");
  expect(seen.state).toBe("closed");
});

for (const [action, ends] of [
  ["send", false],
  ["close", true],
  ["reconnect", false],
  ["close, then reconnect", false],
  ["reconnect, then close", true],
]) {
  test(`${action}: inside a listener of each event`, async ({ blank }) => {
    await addScript(blank, "eventful.js");
    const { outcomes, reported } = await blank.evaluate(
      async ({ events, action, ends }) => {
        const reported = [];
        addEventListener("error", ({ error }) => reported.push(String(error)));
        const outcomes = await Promise.all(
          events.map(async (type) => [type, await actInside(type, action, ends)]),
        );
        return { outcomes: Object.fromEntries(outcomes), reported };
      },
      { events: EVENTS, action, ends },
    );
    expect(reported).toEqual([]);
    expect(Object.keys(outcomes)).toEqual(EVENTS);
    for (const [type, { state, live, fromWithin, changes, opens }] of Object.entries(outcomes)) {
      expect(state, type).toBe(ends ? "closed" : "open");
      expect(live, `live sockets after it happened in ${type}`).toBe(ends ? 0 : 1);
      expect(fromWithin, `outcomes of what was sent in ${type}`).toBe(action === "send" ? 1 : 0);
      for (const [index, [from]] of changes.slice(1).entries()) {
        expect(from, `a change of state after it happened in ${type}`).toBe(changes[index][1]);
      }
      if (!ends) expect(opens, type).toBeGreaterThanOrEqual(1);
    }
  });
}
