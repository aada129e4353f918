import { once } from "node:events";
import { connect } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import { TcpProxy } from "../support/proxy.mjs";
import { test as base, expect } from "../support/test.mjs";

/** An echoing server, a proxy before it, and a way to connect through it that gives both ends. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  path: async ({}, use) => {
    const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
    await once(server, "listening");
    const proxy = await TcpProxy.start(server.address().port);
    const pages = [];
    await use({ proxy, dial, open });
    for (const page of pages) page.terminate();
    for (const socket of server.clients) socket.terminate();
    await proxy.stop();
    server.close();

    function dial() {
      const page = new WebSocket(proxy.origin, { perMessageDeflate: false });
      page.on("error", () => {});
      pages.push(page);
      return page;
    }

    async function open() {
      const arrived = once(server, "connection");
      const page = dial();
      await once(page, "open");
      const [peer] = await arrived;
      peer.on("error", () => {});
      return { page, peer };
    }
  },
});

const bytes = (count) => Buffer.alloc(count, 1);
const text = async (socket) => String((await once(socket, "message"))[0]);
const code = (socket) => new Promise((resolve) => socket.once("close", resolve));

/** Whether `promise` is still pending once `witness`, begun later, is there. */
async function outlasts(promise, witness) {
  return (await Promise.race([promise.then(() => "first"), witness.then(() => "witness")])) === "witness";
}

/** A fresh connection's round trip: what was to come through by now has come. */
async function roundTrip({ open }) {
  const { page, peer } = await open();
  page.send("there");
  await text(peer);
  peer.send("back");
  await text(page);
}

test("passes everything on, both ways and in order, and closing too", async ({ path }) => {
  const { page, peer } = await path.open();
  const received = [];
  peer.on("message", (data) => received.push(data.length));
  for (const size of [0, 1, 100_000, 5_000_000]) page.send(bytes(size));
  page.send("last");
  await expect.poll(() => received).toEqual([0, 1, 100_000, 5_000_000, 4]);
  peer.send("hello");
  expect(await text(page)).toBe("hello");
  const ends = Promise.all([code(page), code(peer)]);
  page.close(4000);
  expect(await ends).toEqual([4000, 4000]);
  await expect.poll(() => path.proxy.connections.size).toBe(0);
});

test("reset() cuts both sides with RST, end() with FIN, neither with a close frame", async ({ path }) => {
  for (const [cut, seen] of [
    ["reset", "ECONNRESET"],
    ["end", "end"],
  ]) {
    const { page, peer } = await path.open();
    const raw = connect(path.proxy.port, "127.0.0.1");
    const told = new Promise((resolve) => {
      raw.on("error", (error) => resolve(error.code)).on("end", () => resolve("end"));
    });
    await expect.poll(() => path.proxy.connections.size).toBe(2);
    const ends = Promise.all([code(page), code(peer)]);
    path.proxy[cut]();
    expect(await ends, cut).toEqual([1006, 1006]);
    raw.resume();
    expect(await told).toBe(seen);
    await expect.poll(() => path.proxy.connections.size).toBe(0);
  }
});

test("end() lets what is on its way arrive before", async ({ path }) => {
  const { page, peer } = await path.open();
  path.proxy.delay(300, "up");
  const [data, ended] = [text(peer), code(peer)];
  page.send("under way");
  // By then the proxy has it.
  await roundTrip(path);
  path.proxy.end();
  expect(await data).toBe("under way");
  expect(await ended).toBe(1006);
});

test("swallow() silences one direction or both, keeps TCP open, and tells nobody of an end", async ({
  path,
}) => {
  for (const direction of ["up", "down", "both"]) {
    const { page, peer } = await path.open();
    const [up, down] = [text(peer), text(page)];
    path.proxy.swallow(direction);
    page.send("up");
    peer.send("down");
    if (direction === "up") expect(await down).toBe("down");
    if (direction === "down") expect(await up).toBe("up");
    const lost = { up: [up], down: [down], both: [up, down] }[direction];
    for (const promise of lost) expect(await outlasts(promise, roundTrip(path)), direction).toBe(true);
    // What was swallowed does not pile up: TCP acknowledges it.
    if (direction !== "down") {
      page.send(bytes(10_000_000));
      await expect.poll(() => page.bufferedAmount).toBe(0);
    }
    expect([page.readyState, peer.readyState]).toEqual([1, 1]);
    const told = code(peer);
    page.terminate();
    if (direction === "down") expect(await told).toBe(1006);
    else expect(await outlasts(told, roundTrip(path)), direction).toBe(true);
    peer.terminate();
  }
});

test("hold() stops reading, so that the sender's buffers fill; release() loses nothing", async ({ path }) => {
  const { page, peer } = await path.open();
  const received = [];
  peer.on("message", (data) => received.push(data.length));
  path.proxy.hold("up");
  page.send(bytes(32_000_000));
  page.send("last");
  await roundTrip(path);
  expect(page.bufferedAmount).toBeGreaterThan(0);
  expect(received).toEqual([]);
  path.proxy.release();
  await expect.poll(() => received).toEqual([32_000_000, 4]);
});

test("delay() is latency, not a rate, and a lifted one does not reorder", async ({ path }) => {
  const { page, peer } = await path.open();
  path.proxy.delay(200, "up");
  const received = [];
  const start = performance.now();
  peer.on("message", (data) => received.push([String(data), performance.now() - start]));
  for (let number = 0; number < 20; number++) page.send(String(number));
  await expect.poll(() => received.length, { intervals: [5] }).toBe(20);
  expect(received[0][1]).toBeGreaterThanOrEqual(195);
  expect(received[19][1] - received[0][1], "they wait side by side").toBeLessThan(150);
  const answer = text(page);
  const asked = performance.now();
  peer.send("down");
  await answer;
  expect(performance.now() - asked, "the other direction is not delayed").toBeLessThan(150);
  path.proxy.delay(10_000, "up");
  page.send("20");
  path.proxy.delay(0, "up");
  page.send("21");
  path.proxy.release();
  await expect.poll(() => received.length).toBe(22);
  expect(received.map(([data]) => Number(data))).toEqual(Array.from({ length: 22 }, (_, number) => number));
});

test("throttle() passes on so many bytes a second, with backpressure", async ({ path }) => {
  const { page, peer } = await path.open();
  path.proxy.throttle(1_000_000, "down");
  const start = performance.now();
  peer.send(bytes(500_000));
  await once(page, "message");
  const seconds = (performance.now() - start) / 1000;
  expect(seconds).toBeGreaterThan(0.45);
  expect(seconds).toBeLessThan(2);
  path.proxy.throttle(1000, "down");
  peer.send(bytes(32_000_000));
  await roundTrip(path);
  expect(peer.bufferedAmount, "the proxy did not take it all").toBeGreaterThan(10_000_000);
});

test("refuse() refuses new connections and leaves the others; listen() accepts again", async ({ path }) => {
  const { page, peer } = await path.open();
  const { port } = path.proxy;
  path.proxy.refuse();
  expect(await code(path.dial())).toBe(1006);
  page.send("still there");
  expect(await text(peer)).toBe("still there");
  await path.proxy.listen();
  expect(path.proxy.port).toBe(port);
  await roundTrip(path);
});

test("greet() meets each new connection: accepted and never answered", async ({ path }) => {
  path.proxy.greet = (connection) => connection.swallow();
  const hanging = path.dial();
  const answered = once(hanging, "open");
  await expect.poll(() => path.proxy.accepted).toBe(1);
  path.proxy.greet = () => {};
  expect(await outlasts(answered, roundTrip(path))).toBe(true);
  expect(hanging.readyState).toBe(0);
  expect(path.proxy.accepted).toBe(2);
});
