import { test as base, expect } from "@playwright/test";
import { PING, World } from "./world.mjs";

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  world: async ({}, use) => {
    const world = await World.start("webkit");
    await use(world);
    await world.end();
  },
});

const HEARTBEAT = { ...PING, interval: 500, timeout: 500 };
/** For what a busy machine adds. */
const SLACK_MS = 1500;

test("text, Blob and ArrayBuffer come back as they were", async ({ world }) => {
  await world.begin({});
  const seen = await world.browser.run(async () => {
    const text = await echoed(session, "grüß dich");
    const bytes = Uint8Array.of(1, 2, 250);
    const answer = async (data) => {
      const came = next(session, "message");
      session.send(data);
      return (await came).data;
    };
    const list = async (data) => [...new Uint8Array(await new Response(data).arrayBuffer())];
    const blob = await answer(new Blob([bytes]));
    session.binaryType = "arraybuffer";
    const buffer = await answer(bytes.buffer);
    return {
      text,
      blob: [blob instanceof Blob, await list(blob)],
      buffer: [buffer instanceof ArrayBuffer, await list(buffer)],
    };
  });
  expect(seen).toEqual({ text: "grüß dich", blob: [true, [1, 2, 250]], buffer: [true, [1, 2, 250]] });
});

test("a server killed and started again is found again, and what waited is sent in order", async ({
  world,
}) => {
  await world.begin({ backoff: { min: 20, max: 200 } });
  await world.witness.kill();
  await world.browser.run(async () => {
    await until(() => told(session, "close").length > 0);
    for (const text of ["one", "two", "three"]) session.send(text);
  });
  await world.witness.restart();
  await world.witness.until("message", 3);
  const seen = await world.browser.run(async () => {
    await until(() => told(session, "message").length === 3);
    const [close] = told(session, "close");
    const { reconnected } = told(session, "open").at(-1);
    return {
      cause: close.cause,
      code: close.code,
      reconnected,
      answers: told(session, "message").map(({ data }) => data),
    };
  });
  expect(seen).toEqual({
    cause: "connection-lost",
    code: 1006,
    reconnected: true,
    answers: ["one", "two", "three"],
  });
});

test("a silent endpoint: all of 12 sessions are on fresh sockets within the bound", async ({ world }, {
  annotations,
}) => {
  const sessions = Array.from({ length: 12 }, () => ({
    heartbeat: HEARTBEAT,
    backoff: { min: 50, max: 100 },
  }));
  await world.begin(...sessions);
  await world.witness.until("message", 2 * sessions.length);
  const silent = await world.browser.run(() => Date.now());
  world.witness.silence();
  await world.witness.until("open", 2 * sessions.length);
  const ends = await world.browser.run(async () => {
    await until(() => sessions.every(({ readyState }) => readyState === 1));
    return sessions.map((session) =>
      told(session, "close").map(({ at, cause }) => ({ at: performance.timeOrigin + at, cause })),
    );
  });
  const bound = HEARTBEAT.interval + HEARTBEAT.timeout;
  const after = ends.map(([{ at }]) => Math.round(at - silent)).sort((a, b) => a - b);
  annotations.push({ type: "left after, ms", description: `${after.join(", ")} (bound ${bound})` });
  expect(ends.flat().map(({ cause }) => cause)).toEqual(sessions.map(() => "heartbeat-timeout"));
  // Whoever was asked just before the silence waits for this answer alone.
  expect(after[0]).toBeGreaterThan(0);
  expect(after.at(-1)).toBeLessThan(bound + SLACK_MS);
});

test("a handshake that nobody answers is left at the connect timeout", async ({ world }) => {
  await world.begin({});
  const seen = await world.browser.run(async () => {
    const start = performance.now();
    const session = connect("/never?", { connectTimeout: 400, backoff: { min: 3_600_000, max: 3_600_000 } });
    const { cause, code, willReconnect } = await next(session, "close");
    return { cause, code, willReconnect, after: performance.now() - start, state: session.state };
  });
  expect(seen).toMatchObject({ cause: "connect-timeout", code: 1006, willReconnect: true, state: "waiting" });
  expect(seen.after).toBeGreaterThanOrEqual(390);
  expect(seen.after).toBeLessThan(400 + SLACK_MS);
});

test("close with and without a code and a reason; what is closed stays closed", async ({ world }) => {
  await world.begin({}, {}, {});
  const seen = await world.browser.run(async () => {
    const [plain, code, reason] = sessions;
    const ends = sessions.map((session) => next(session, "close"));
    plain.close();
    code.close(4001);
    reason.close(1000, "bis bald");
    const told = (await Promise.all(ends)).map(({ code, reason, wasClean, cause, willReconnect }) => ({
      code,
      reason,
      wasClean,
      cause,
      willReconnect,
    }));
    // Reasons to look, if there were any wish to.
    for (const type of ["online", "focus"]) dispatchEvent(new Event(type));
    document.dispatchEvent(new Event("visibilitychange"));
    const control = await begin();
    await echoed(control, "well");
    return { told, states: sessions.map(({ state }) => state) };
  });
  const common = { wasClean: true, cause: "user", willReconnect: false };
  expect(seen.told).toEqual([
    { code: 1005, reason: "", ...common },
    { code: 4001, reason: "", ...common },
    { code: 1000, reason: "bis bald", ...common },
  ]);
  expect(seen.states).toEqual(["closed", "closed", "closed"]);
  await world.witness.until("close", 3);
  const ends = world.witness.of("close").map(({ code, reason }) => `${code} ${reason}`);
  expect(ends.sort()).toEqual(["1000 bis bald", "1005 ", "4001 "]);
  expect(world.witness.of("open")).toHaveLength(4);
});

test("a user-closed session stays closed when the page is hidden, shown, left and restored", async ({
  world,
}) => {
  await world.begin({}, {});
  await world.browser.run(async () => {
    const over = next(sessions[0], "close");
    sessions[0].close(1000, "done");
    await over;
  });
  await world.browser.hide();
  await world.browser.show();
  await world.browser.click("a");
  await world.witness.until("close", 2);
  await world.browser.back();
  const seen = await world.browser.run(async () => {
    const [closed, control] = sessions;
    await echoed(await opened(control), "back");
    return { state: closed.state, ends: told(closed, "close").length, opens: told(closed, "open").length };
  });
  expect(seen).toEqual({ state: "closed", ends: 1, opens: 1 });
  expect(world.witness.of("open")).toHaveLength(3);
});

test("back from the page cache: the late end of the socket that the session closed is not told again", async ({
  world,
}) => {
  await world.begin({ WebSocket: "Spy" });
  await world.browser.run(() => {
    globalThis.late = [];
    Spy.all[0].addEventListener("close", ({ code, wasClean }) => late.push({ code, wasClean }));
  });
  await world.browser.click("a");
  await world.witness.until("close");
  await world.browser.back();
  const seen = await world.browser.run(async () => {
    await echoed(await opened(session), "back");
    await until(() => late.length > 0);
    return {
      late,
      ends: told(session, "close").map(({ cause, code, willReconnect }) => ({ cause, code, willReconnect })),
      errors: told(session, "error").length,
      state: session.state,
    };
  });
  // WebKit calls the end that both sides agreed on unclean.
  expect(seen.late).toEqual([{ code: 1000, wasClean: false }]);
  expect(seen.ends).toEqual([{ cause: "page-hidden", code: 1000, willReconnect: true }]);
  expect(seen.errors).toBe(0);
  expect(seen.state).toBe("open");
});

test("bufferedAmount shows the queue; of the socket's own buffer WebKit shows nothing", async ({ world }) => {
  await world.begin({ backoff: { min: 50, max: 100 }, WebSocket: "Spy" });
  world.witness.stall(60_000);
  await world.browser.run(async () => {
    const chunk = new Uint8Array(1 << 20);
    for (let sent = 0; sent < 16; sent++) session.send(chunk);
    // All of it is in WebKit's hands at once, whether the server reads or not.
    await until(() => Spy.all[0].bufferedAmount === 0 && session.bufferedAmount === 0);
  });
  expect(world.witness.of("message")).toEqual([]);
  await world.witness.kill();
  const waiting = await world.browser.run(async () => {
    await until(() => session.readyState === 0);
    const before = session.stats().queuedBytes;
    session.send("x".repeat(1000));
    return session.bufferedAmount - before;
  });
  expect(waiting).toBe(1000);
  await world.witness.restart();
  await world.witness.until("open", 2);
  await world.browser.run(async () => {
    await opened(session);
    await session.drained();
    await until(() => session.bufferedAmount === 0);
  });
});
