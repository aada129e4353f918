import { expect, test } from "../support/test.mjs";

const POLICIES = [
  { overflow: undefined, dropped: ["one1", "two2"], delivered: ["three", "four"], thrown: 0 },
  { overflow: "drop-oldest", dropped: ["one1", "two2"], delivered: ["three", "four"], thrown: 0 },
  { overflow: "drop-newest", dropped: ["three", "four"], delivered: ["one1", "two2"], thrown: 0 },
  { overflow: "throw", dropped: [], delivered: ["one1", "two2"], thrown: 2 },
];

test("what is sent before the first connection arrives, in order and as it is", async ({ blank }) => {
  const { received, stats } = await blank.evaluate(async () => {
    const session = connect("/echo", { binaryType: "arraybuffer" });
    const bytes = new Uint8Array([9, 1, 2, 3, 9]);
    session.send("text");
    session.send(bytes.buffer);
    session.send(bytes.subarray(1, 4));
    session.send(new DataView(bytes.buffer, 1, 2));
    session.send(new Blob(["blob"]));
    session.send("");
    session.send("ünïcode \ud800 🦀");
    const stats = session.stats();
    await until(() => told(session, "message").length === 7);
    const plain = (data) => (typeof data === "string" ? data : [...new Uint8Array(data)]);
    return { received: told(session, "message").map(({ data }) => plain(data)), stats };
  });
  expect(stats).toMatchObject({ queuedMessages: 7, queuedBytes: 4 + 5 + 3 + 2 + 4 + 0 + 18 });
  expect(received).toEqual([
    "text",
    [9, 1, 2, 3, 9],
    [1, 2, 3],
    [1, 2],
    [...Buffer.from("blob")],
    "",
    "ünïcode \ufffd 🦀",
  ]);
});

test("what is sent between two connections arrives in order after the reconnect", async ({ blank }) => {
  const { received, states } = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    await echoed(session, "before");
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const closed = next(session, "close");
    await fault("drop");
    await closed;
    const states = [];
    // Over several failed attempts, in whatever state the session is then.
    for (let number = 0; number < 30; number++) {
      if (number % 10 === 9) await next(session, "retry");
      states.push(session.readyState);
      session.send(`message ${number}`);
    }
    await fault("clear");
    await until(() => told(session, "message").length >= 31);
    return { received: told(session, "message").map(({ data }) => data), states };
  });
  expect(new Set(states)).toEqual(new Set([0]));
  expect(received).toEqual(["before", ...Array.from({ length: 30 }, (_, number) => `message ${number}`)]);
});

test("what is sent while the server is dead arrives in order once it is back", async ({ blank, server }) => {
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo"));
    await echoed(session, "before");
    globalThis.lost = next(session, "close");
  });
  await server.kill();
  await blank.evaluate(async () => {
    await lost;
    for (let number = 0; number < 50; number++) {
      session.send(`message ${number}`);
      if (number % 25 === 24) await next(session, "retry");
    }
  });
  await server.restart();
  const received = await blank.evaluate(async () => {
    await until(() => told(session, "message").length >= 51);
    await echoed(session, "after");
    return told(session, "message").map(({ data }) => data);
  });
  const meanwhile = Array.from({ length: 50 }, (_, number) => `message ${number}`);
  expect(received).toEqual(["before", ...meanwhile, "after"]);
});

test("a buffer changed after send() while it was queued arrives as it was", async ({ blank }) => {
  const received = await blank.evaluate(async () => {
    const session = connect("/echo", { binaryType: "arraybuffer" });
    const bytes = new Uint8Array([1, 2, 3, 4]);
    session.send(bytes);
    bytes.fill(99);
    session.send(bytes.buffer);
    bytes.fill(77);
    session.send(new DataView(bytes.buffer, 1, 2));
    bytes.fill(55);
    const array = ["not", "changed"];
    session.send(array);
    array[1] = "wrong";
    const transferred = new Uint8Array([5, 6]);
    session.send(transferred);
    structuredClone(transferred.buffer, { transfer: [transferred.buffer] });
    await until(() => told(session, "message").length === 5);
    const plain = (data) => (typeof data === "string" ? data : [...new Uint8Array(data)]);
    return told(session, "message").map(({ data }) => plain(data));
  });
  expect(received).toEqual([[1, 2, 3, 4], [99, 99, 99, 99], [77, 77], "not,changed", [5, 6]]);
});

test("over maxBytes each overflow policy acts, and drop tells payload and reason", async ({ blank }) => {
  const seen = await blank.evaluate(async (policies) => {
    const run = async ({ overflow }) => {
      const session = connect("/echo", { queue: { maxBytes: 9, ...(overflow && { overflow }) } });
      const errors = ["one1", "two2", "three", "four"].map((text) => thrownBy(() => session.send(text)));
      const queued = session.stats().queuedBytes;
      await opened(session);
      await echoed(session, "last");
      return {
        errors: errors.filter(Boolean),
        queued,
        drops: told(session, "drop").map(({ data, reason }) => ({ data, reason })),
        received: told(session, "message").map(({ data }) => data),
      };
    };
    return Promise.all(policies.map(run));
  }, POLICIES);
  for (const [index, { overflow = "the default", dropped, delivered, thrown }] of POLICIES.entries()) {
    const { drops, errors, received, queued } = seen[index];
    expect(drops, overflow).toEqual(dropped.map((data) => ({ data, reason: "overflow" })));
    expect(errors, overflow).toHaveLength(thrown);
    for (const error of errors) expect(error).toMatchObject({ name: "QuotaExceededError" });
    expect(received, overflow).toEqual([...delivered, "last"]);
    expect(queued, overflow).toBe(delivered.join("").length);
  }
});

test("over maxMessages the same policies act, and a drop tells the very payload", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const result = {};
    for (const overflow of ["drop-oldest", "drop-newest", "throw"]) {
      const session = connect("/echo", { queue: { maxMessages: 2, overflow } });
      const dropped = [];
      session.ondrop = ({ data, reason }) => dropped.push([data, reason]);
      const blobs = [1, 2, 3].map((number) => new Blob([String(number)]));
      const errors = blobs.map((blob) => thrownBy(() => session.send(blob))?.name ?? null);
      await opened(session);
      await until(() => told(session, "message").length === 2);
      const received = await Promise.all(told(session, "message").map(({ data }) => data.text()));
      result[overflow] = {
        dropped: dropped.map(([data, reason]) => [blobs.indexOf(data) + 1, reason]),
        errors,
        received,
      };
    }
    return result;
  });
  expect(seen).toEqual({
    "drop-oldest": { dropped: [[1, "overflow"]], errors: [null, null, null], received: ["2", "3"] },
    "drop-newest": { dropped: [[3, "overflow"]], errors: [null, null, null], received: ["1", "2"] },
    throw: { dropped: [], errors: [null, null, "QuotaExceededError"], received: ["1", "2"] },
  });
});

test("a message larger than the whole queue has one outcome, and so have the others", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const result = {};
    for (const overflow of ["drop-oldest", "drop-newest", "throw"]) {
      const session = connect("/echo", { queue: { maxBytes: 10, overflow } });
      const sent = ["small", "much too large", "tiny"];
      const thrown = sent.filter((text) => thrownBy(() => session.send(text))?.name === "QuotaExceededError");
      await opened(session);
      await echoed(session, "last");
      const dropped = told(session, "drop").map(({ data }) => data);
      const received = told(session, "message").map(({ data }) => data);
      result[overflow] = { thrown, dropped, received };
    }
    return result;
  });
  for (const [overflow, { thrown, dropped, received }] of Object.entries(seen)) {
    const outcomes = [...thrown, ...dropped, ...received].sort();
    expect(outcomes, overflow).toEqual(["last", "much too large", "small", "tiny"]);
    expect(received, overflow).not.toContain("much too large");
  }
  expect(seen.throw.received).toEqual(["small", "tiny", "last"]);
});

test("ttl: what waits too long is dropped as expired, the rest arrives in order", async ({ blank }) => {
  const { drops, received, queued } = await blank.evaluate(async () => {
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const session = connect("/echo", { queue: { ttl: 150 } });
    session.send("a", { ttl: Number.POSITIVE_INFINITY });
    session.send("b");
    session.send("c", { ttl: 600_000 });
    session.send("d", { ttl: 50 });
    await until(() => told(session, "drop").length === 2);
    const queued = session.stats().queuedMessages;
    await fault("clear");
    await opened(session);
    await echoed(session, "e");
    const drops = told(session, "drop").map(({ data, reason }) => [data, reason]);
    return { drops: drops.sort(), received: told(session, "message").map(({ data }) => data), queued };
  });
  expect(drops).toEqual([
    ["b", "expired"],
    ["d", "expired"],
  ]);
  expect(queued).toBe(2);
  expect(received).toEqual(["a", "c", "e"]);
});

test("close() without a connection tells of each message that waited", async ({ blank }) => {
  const { drops, queued, promise } = await blank.evaluate(async () => {
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const session = connect("/echo");
    await next(session, "retry");
    for (const text of ["a", "b", "c"]) session.send(text);
    const drained = session.drained().then(
      () => "resolved",
      ({ name }) => name,
    );
    session.close();
    await until(() => session.readyState === 3);
    const promise = await drained;
    const drops = told(session, "drop").map(({ data, reason }) => [data, reason]);
    return { drops, queued: session.stats(), promise };
  });
  expect(drops).toEqual([
    ["a", "closed"],
    ["b", "closed"],
    ["c", "closed"],
  ]);
  expect(queued).toMatchObject({ queuedMessages: 0, queuedBytes: 0 });
  expect(promise).toBe("InvalidStateError");
});

test("the browser complains of nothing that waits when a session without a connection is closed", async ({
  blank,
}) => {
  await blank.evaluate(async () => {
    globalThis.session = await opened(connect("/echo", { retry: () => 600_000 }));
    const lost = next(session, "retry");
    await fault("drop");
    await lost;
    for (let number = 0; number < 20; number++) session.send(`message ${number}`);
  });
  const said = [];
  blank.on("console", (message) => said.push(message.text()));
  await blank.evaluate(async () => {
    session.close();
    await until(() => told(session, "drop").length === 20);
    console.log("closed");
  });
  await expect.poll(() => said).toContain("closed");
  expect(said).toEqual(["closed"]);
});

test("what is sent after close() is told as dropped, and not sent", async ({ blank }) => {
  const { drops, thrown, waiting } = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    const over = next(session, "close");
    session.close(1000);
    const thrown = [thrownBy(() => session.send("closing"))];
    await over;
    thrown.push(thrownBy(() => session.send("closed")));
    await until(() => told(session, "drop").length === 2);
    session.reconnect();
    await opened(session);
    await echoed(session, "hello");
    return {
      drops: told(session, "drop").map(({ data, reason }) => [data, reason]),
      thrown,
      waiting: told(session, "message").map(({ data }) => data),
    };
  });
  expect(drops).toEqual([
    ["closing", "closed"],
    ["closed", "closed"],
  ]);
  expect(thrown).toEqual([null, null]);
  expect(waiting).toEqual(["hello"]);
});

test("what was sent before close() goes out before, also what still waited for room", async ({ blank }) => {
  const { received, queued, ended } = await blank.evaluate(async () => {
    const witness = await opened(connect(address("/chat", { client: "witness", name: "witness" })));
    const session = await opened(
      connect(address("/chat", { name: "speaker" }), {
        backpressure: { highWaterMark: 64, lowWaterMark: 0 },
      }),
    );
    for (let number = 0; number < 20; number++) {
      session.send(JSON.stringify({ type: "say", id: `id-${number}`, text: `text ${number}` }));
    }
    const queued = session.stats().queuedMessages;
    const over = next(session, "close");
    session.close(4321, "all said");
    const { cause, wasClean } = await over;
    const said = () =>
      told(witness, "message")
        .map(({ data }) => JSON.parse(data))
        .filter(({ type }) => type === "message");
    await until(() => said().length >= 20);
    return { received: said().map(({ text }) => text), queued, ended: { cause, wasClean } };
  });
  expect(queued, "some messages waited").toBeGreaterThan(10);
  expect(received).toEqual(Array.from({ length: 20 }, (_, number) => `text ${number}`));
  expect(ended).toEqual({ cause: "user", wasClean: true });
});

test("drained(): at once when nothing waits, else when it is through; it rejects once it cannot be", async ({
  blank,
}) => {
  const seen = await blank.evaluate(async () => {
    const session = connect("/echo");
    session.send("a");
    session.send("b");
    const promises = [session.drained(), session.drained()];
    await Promise.all(promises);
    const { queuedMessages } = session.stats();
    const drains = told(session, "drain").length;
    const state = session.state;
    await session.drained();
    const nameOf = (promise) =>
      promise.then(
        () => "resolved",
        (error) => `${error instanceof DOMException} ${error.name}`,
      );
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const failing = connect("/echo", { retries: 1 });
    failing.send("never");
    const rejected = await nameOf(failing.drained());
    return { queuedMessages, drains, state, rejected, ended: failing.readyState };
  });
  expect(seen).toMatchObject({
    queuedMessages: 0,
    drains: 1,
    state: "open",
    rejected: "true InvalidStateError",
  });
  expect(seen.ended).toBe(3);
});
