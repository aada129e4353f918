import { SteadySocket } from "../../../pkg/dist/index.js";
import { next, QUICK, StandIn } from "../support/stand-in.mjs";
import { expect, test } from "../support/test.mjs";

/** What a session was told when it was made holds for all of its lives. */

for (const type of ["statechange", "error", "close"]) {
  test(`revived by a listener of \`${type}\`: the option signal still ends it`, async () => {
    const abort = new AbortController();
    const options = { ...QUICK, WebSocket: StandIn, retries: 0, signal: abort.signal };
    const session = new SteadySocket("ws://stand.in/", [], options);
    await next(session, "open");
    session.addEventListener(type, ({ to }) => to !== "closing" && session.reconnect(), { once: true });
    StandIn.made.at(-1).end();
    await next(session, "open");
    abort.abort();
    await expect.poll(() => session.state).toBe("closed");
  });
}

test("revived by a listener of `error`: readyState is CONNECTING while it has no connection", async () => {
  const session = new SteadySocket("ws://stand.in/", [], { ...QUICK, WebSocket: StandIn, retries: 0 });
  await next(session, "open");
  const seen = {};
  session.onstatechange = ({ to }) => {
    seen[to] = session.readyState;
  };
  session.addEventListener("error", () => session.reconnect(), { once: true });
  StandIn.made.at(-1).end();
  await next(session, "open");
  expect(seen).toMatchObject({ resolving: 0, connecting: 0, open: 1 });
  session.close();
});

test("revived by a listener of `close`: drained() of the life that ended is rejected", async () => {
  let refusals = 1;
  class RefusedFirst extends StandIn {
    open() {
      if (refusals-- > 0) this.end();
      else super.open();
    }
  }
  const session = new SteadySocket("ws://stand.in/", [], { ...QUICK, WebSocket: RefusedFirst, retries: 0 });
  session.send("never");
  let outcome = "pending";
  session.drained().then(
    () => {
      outcome = "resolved";
    },
    ({ name }) => {
      outcome = name;
    },
  );
  session.addEventListener("close", () => session.reconnect(), { once: true });
  await expect.poll(() => outcome, { timeout: 3000 }).toBe("InvalidStateError");
  session.close();
});

test("an options object that is changed for another session does not change this one", async () => {
  const [mine, other] = [new AbortController(), new AbortController()];
  const options = { ...QUICK, WebSocket: StandIn, signal: mine.signal };
  const session = new SteadySocket("ws://stand.in/", [], options);
  await next(session, "open");
  options.signal = other.signal;
  other.abort();
  session.close();
  await next(session, "close");
  session.reconnect();
  await expect.poll(() => session.state).toBe("open");
  mine.abort();
  await expect.poll(() => session.state).toBe("closed");
});

test("what a URL function rejects with too late is not told of the next attempt", async () => {
  const rejections = [];
  const url = () => new Promise((_, reject) => rejections.push(reject));
  const options = { ...QUICK, WebSocket: StandIn, urlTimeout: 20, retry: () => 50 };
  const session = new SteadySocket(url, [], options);
  await next(session, "close");
  rejections[0](new Error("too late"));
  const { cause, error } = await next(session, "close");
  expect({ cause, error }).toEqual({ cause: "url-failed", error: undefined });
  session.close();
});
