import { SteadySocket } from "../../../pkg/dist/index.js";
import { next, QUICK, StandIn } from "../support/stand-in.mjs";
import { expect, test } from "../support/test.mjs";

/** A class of one's own, by the option `WebSocket`, may be as odd as can be: a session outlives it. */

/** An open session over a class, and the socket that it is on. */
async function openOver(Class, options = {}) {
  const made = [];
  class Counted extends Class {
    constructor(url) {
      super(url);
      made.push(this);
    }
  }
  const session = new SteadySocket("ws://stand.in/", [], { ...QUICK, WebSocket: Counted, ...options });
  await next(session, "open");
  return { session, made, latest: () => made.at(-1) };
}

test("a buffer sent while the server closes goes out as it was when it was sent", async () => {
  const { session, latest } = await openOver(StandIn);
  latest().readyState = 2;
  const bytes = new Uint8Array([1, 2, 3]);
  session.send(bytes);
  bytes.fill(9);
  latest().end(1001, true);
  await next(session, "open");
  await expect.poll(() => latest().sent).toEqual([new Uint8Array([1, 2, 3])]);
  session.close();
});

test("what a listener of `open` sends is with the socket when `send` returns", async () => {
  const session = new SteadySocket("ws://stand.in/", [], { ...QUICK, WebSocket: StandIn, queue: false });
  const opened = next(session, "open");
  let sent;
  session.onopen = () => {
    session.send("hello");
    sent = [...StandIn.made.at(-1).sent];
  };
  await opened;
  expect(sent).toEqual(["hello"]);
  session.close();
});

test("what a listener of `open` sends goes after what waited", async () => {
  const session = new SteadySocket("ws://stand.in/", [], { ...QUICK, WebSocket: StandIn });
  session.send("waited");
  session.onopen = () => session.send("hello");
  await next(session, "open");
  await expect.poll(() => StandIn.made.at(-1).sent).toEqual(["waited", "hello"]);
  session.close();
});

test("a class that calls onclose within close(): the user closed, as with any other", async () => {
  class Sudden extends StandIn {
    close(code = 1005) {
      if (this.readyState < 2) this.end(code, true);
    }
  }
  const { session } = await openOver(Sudden, { retries: 0, queue: false });
  const closed = next(session, "close");
  session.close(1000);
  expect(await closed).toMatchObject({ cause: "user", code: 1000, willReconnect: false });
});

for (const [what, make] of Object.entries({
  "a view": () => new Float32Array(100),
  "a buffer": () => new ArrayBuffer(400),
})) {
  test(`${what} with a property \`size\` counts and waits as any other`, async () => {
    const session = new SteadySocket("ws://stand.in/", [], { WebSocket: StandIn, startClosed: true });
    const payload = Object.assign(make(), { size: 3 });
    session.send(payload);
    expect(session.bufferedAmount).toBe(400);
    new Uint8Array(payload.buffer ?? payload).fill(9);
    session.reconnect();
    await next(session, "open");
    await expect.poll(() => StandIn.made.at(-1).sent.length).toBe(1);
    const [sent] = StandIn.made.at(-1).sent;
    expect(new Uint8Array(sent.buffer ?? sent)).toEqual(new Uint8Array(400));
    session.close();
  });
}

test("a class that refuses the binary type: what it had made is closed", () => {
  class Refuses extends StandIn {
    closed = false;

    constructor(url) {
      super(url);
      Object.defineProperty(this, "binaryType", {
        set() {
          throw new Error("no such type");
        },
      });
    }

    close() {
      this.closed = true;
    }
  }
  expect(() => new SteadySocket("ws://stand.in/", [], { WebSocket: Refuses })).toThrow("no such type");
  expect(StandIn.made.at(-1).closed).toBe(true);
});

for (const member of ["readyState", "bufferedAmount"]) {
  test(`a class whose ${member} throws: the session can be revived, and ended`, async () => {
    const { session, latest } = await openOver(StandIn);
    const socket = latest();
    Object.defineProperty(socket, member, {
      configurable: true,
      get() {
        throw new Error(member);
      },
    });
    try {
      session.send("x".repeat(2 ** 21));
    } catch {}
    delete socket[member];
    session.reconnect();
    await expect.poll(() => session.state).toBe("open");
    session.close();
    await expect.poll(() => session.state).toBe("closed");
  });
}

test("a class that throws at a later attempt: `error`, then `close`, as for any failed attempt", async () => {
  let made = 0;
  class Once extends StandIn {
    constructor(url) {
      super(url);
      if (made++ > 0) throw new Error("no second one");
    }
  }
  const { session, latest } = await openOver(Once, { retries: 1 });
  const told = [];
  // The next attempt may follow at once.
  for (const type of ["error", "close"]) session.addEventListener(type, () => told.push(type));
  await withSilentConsole(async () => {
    latest().end();
    await expect.poll(() => session.state).toBe("closed");
  });
  expect(told).toEqual(["error", "close", "error", "close"]);
});

/** Node has no `reportError`: what nobody can mend goes to the console. */
async function withSilentConsole(act) {
  const { error } = console;
  console.error = () => {};
  try {
    await act();
  } finally {
    console.error = error;
  }
}
