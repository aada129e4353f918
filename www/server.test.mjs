import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { createLab } from "./server/lab.mjs";

let lab;
let port;

before(async () => {
  lab = createLab();
  lab.server.listen(0, "127.0.0.1");
  await once(lab.server, "listening");
  port = lab.server.address().port;
});

after(() => lab.stop());

describe("http", () => {
  test("serves the page, its parts and the chart library, and lets the page be cached for back and forward", async () => {
    for (const [path, type] of [
      ["/", "text/html"],
      ["/style.css", "text/css"],
      ["/lab/main.js", "text/javascript"],
      ["/vendor/uplot/uPlot.esm.js", "text/javascript"],
    ]) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.ok(response.headers.get("content-type").startsWith(type), path);
      assert.equal(response.headers.get("cache-control"), "no-cache");
    }
    assert.equal(await (await get("/healthz")).text(), "ok");
  });

  test("a folder is its index.html", async () => {
    assert.equal(await (await get("/index.html")).text(), await (await get("/")).text());
    const response = await get("/no-such-folder/");
    assert.equal(response.status, 404);
  });

  test("says how to build examples that are missing", async () => {
    const response = await get("/examples/no-such-example/");
    assert.equal(response.status, 404);
    assert.match(await response.text(), /make demo/);
  });

  test("says how to build a package that is missing", async () => {
    const response = await get("/pkg/no-such-file.js");
    assert.equal(response.status, 404);
    assert.match(await response.text(), /make pack/);
  });

  test("never leaves its folders", async () => {
    for (const path of [
      "/..%2fserver.mjs",
      "/pkg/..%2fpackage.json",
      "/%2e%2e%2fserver.mjs",
      "/%00",
      "/%ff",
    ]) {
      assert.match(await rawGet(path), /^HTTP\/1\.1 404 /, path);
    }
  });

  test("refuses other methods and other sockets", async () => {
    assert.equal((await fetch(url("/"), { method: "PUT" })).status, 405);
    assert.equal(await refusal(new WebSocket(url("/nowhere", "ws"))), 404);
  });
});

describe("endpoints", () => {
  test("echo: text as text, binary as binary, heartbeats answered", async () => {
    const client = await open("/echo");
    client.ws.send("hello");
    assert.equal(await client.text(), "hello");
    client.ws.send(Buffer.from([1, 2, 3]));
    assert.deepEqual(await client.message(), { data: Buffer.from([1, 2, 3]), isBinary: true });
    client.ws.send("ping");
    assert.equal(await client.text(), "pong");
  });

  test("echo: the subprotocol named echo wins, else the first offered", async () => {
    assert.equal((await open("/echo", ["a", "echo"])).ws.protocol, "echo");
    assert.equal((await open("/echo", ["a", "b"])).ws.protocol, "a");
    assert.equal((await open("/echo")).ws.protocol, "");
  });

  test("chat: history, presence, messages to all, each id once", async () => {
    const ann = await open("/chat?name=ann");
    assert.deepEqual(await ann.json(), { type: "history", messages: [] });
    assert.deepEqual(await ann.json(), { type: "presence", names: ["ann"] });
    const bob = await open("/chat?name=bob");
    assert.deepEqual(await ann.json(), { type: "presence", names: ["ann", "bob"] });
    assert.equal((await bob.json()).type, "history");
    assert.equal((await bob.json()).type, "presence");

    ann.send({ type: "say", id: "1", text: "hi" });
    const { at, ...message } = await bob.json();
    assert.deepEqual(message, { type: "message", id: "1", name: "ann", text: "hi" });
    assert.ok(Math.abs(Date.now() - at) < 5000);
    assert.equal((await ann.json()).id, "1");

    ann.send({ type: "say", id: "1", text: "hi again" });
    assert.deepEqual(await ann.json(), { ...message, at });
    ann.send({ type: "say", id: "2", text: "next" });
    assert.equal((await bob.json()).id, "2", "bob did not see the repetition");

    const cid = await open("/chat?name=cid");
    assert.deepEqual(
      (await cid.json()).messages.map(({ id }) => id),
      ["1", "2"],
    );
    bob.ws.close();
    await ann.until(({ type, names }) => type === "presence" && !names.includes("bob"));
  });

  test("chat: nonsense is answered, not spread", async () => {
    const client = await open("/chat?name=eve");
    await client.until(({ type }) => type === "presence");
    for (const [nonsense, id] of [
      ["{", undefined],
      ["null", undefined],
      [JSON.stringify({ type: "shout", id: "7" }), "7"],
      [JSON.stringify({ type: "say", id: "8", text: "x".repeat(1001) }), "8"],
      [JSON.stringify({ type: "say", id: "", text: "x" }), ""],
      [Buffer.from("{}"), undefined],
    ]) {
      client.ws.send(nonsense);
      const { type, error, id: about } = await client.json();
      assert.deepEqual([type, typeof error, about], ["error", "string", id]);
    }
    const nameless = await open("/chat");
    assert.equal((await nameless.closed()).code, 1008);
  });

  test("ticker: prices ten times a second", async () => {
    const client = await open("/ticker");
    const first = await client.json();
    const second = await client.json();
    assert.equal(Object.keys(first.prices).length, 6);
    assert.deepEqual(Object.keys(first.opening), Object.keys(first.prices));
    assert.equal(second.opening, undefined);
    assert.ok(second.at - first.at < 500);
  });

  test("comments: everybody's to everybody, the sender's own too", async () => {
    const ann = await open("/comments?audience=0");
    const bob = await open("/comments?audience=0");
    ann.send({ type: "comment", id: "1", text: "hi" });
    for (const viewer of [ann, bob]) {
      assert.deepEqual(await viewer.json(), { type: "comments", comments: [{ id: "1", text: "hi" }] });
    }
    bob.send({ type: "comment", id: "2", text: "hello" });
    assert.deepEqual((await ann.json()).comments, [{ id: "2", text: "hello" }]);
  });

  test("comments: an audience as large as asked for, the same for all; who wants less sees some of it", async () => {
    const [keen, twin] = [await open("/comments?audience=6000"), await open("/comments?audience=6000")];
    const modest = await open("/comments?audience=600");
    const [twins, few] = [await murmur(twin, 100), await murmur(modest, 5)];
    const all = await murmur(keen, Math.max(twins.at(-1), few.at(-1)), (number) => number);
    assert.deepEqual(
      all.filter((number) => number >= twins[0] && number <= twins.at(-1)),
      twins,
    );
    assert.ok(few.at(-1) - few[0] > 5, "some of it");
    assert.deepEqual(
      few.filter((number) => !all.includes(number)),
      [],
    );
  });

  test("comments: nonsense is answered, not spread", async () => {
    const client = await open("/comments?audience=0");
    for (const [nonsense, id] of [
      ["{", undefined],
      [JSON.stringify({ type: "say", id: "7", text: "x" }), "7"],
      [JSON.stringify({ type: "comment", id: "8", text: "x".repeat(101) }), "8"],
      [JSON.stringify({ type: "comment", id: "9", text: " " }), "9"],
      [Buffer.from("{}"), undefined],
    ]) {
      client.ws.send(nonsense);
      const { type, error, id: about } = await client.json();
      assert.deepEqual([type, typeof error, about], ["error", "string", id]);
    }
    const greedy = await open("/comments?audience=6001");
    assert.deepEqual(await greedy.closed(), {
      code: 1008,
      reason: '"audience" is "6001"; allowed: 0 to 6000',
    });
  });

  test("slow: reports what it read, at its rate", async () => {
    const client = await open("/slow?rate=4194304");
    const start = performance.now();
    for (let sent = 0; sent < 8; sent++) client.ws.send(Buffer.alloc(256 * 1024));
    assert.deepEqual(await client.json(), { received: 1024 * 1024 });
    assert.deepEqual(await client.json(), { received: 2 * 1024 * 1024 });
    assert.ok(
      performance.now() - start > 350,
      "2 MiB at 4 MiB/s take half a second, the last chunk waits unpaid",
    );
    client.ws.send('{"type":"total"}');
    assert.deepEqual(await client.json(), { received: 2 * 1024 * 1024 + 16 });
    assert.equal((await (await open("/slow?rate=0")).closed()).code, 1008);
  });

  test("slow: holds at first, and the client feels it", async () => {
    const client = await open("/slow?rate=1073741824&hold=400");
    const start = performance.now();
    const written = Array.from({ length: 32 }, () => sendFully(client.ws, Buffer.alloc(1024 * 1024)));
    await Promise.all(written);
    assert.ok(performance.now() - start > 390, "the kernels' buffers do not hold it all");
    await client.until(({ received }) => received === 32 * 1024 * 1024);
  });
});

describe("faults", () => {
  test("drop: no close frame", async () => {
    const client = await open("/echo?client=drop");
    assert.deepEqual(await fault({ client: "drop", fault: "drop" }), { affected: 1 });
    assert.equal((await client.closed()).code, 1006);
    assert.deepEqual(await journal("drop"), ["handshake", "open", "close 1006"]);
  });

  test("close: code and reason", async () => {
    const client = await open("/echo?client=close");
    await fault({ client: "close", fault: "close", code: 4400, reason: "why not" });
    assert.deepEqual(await client.closed(), { code: 4400, reason: "why not" });
    assert.equal((await journal("close")).at(-1), "close 4400");
  });

  test("silent: open, and answers neither messages nor pings nor the close frame; the next socket is healthy", async () => {
    const client = await open("/echo?client=silent");
    await fault({ client: "silent", fault: "silent" });
    const heard = [];
    for (const event of ["message", "pong", "close"]) client.ws.on(event, () => heard.push(event));
    client.ws.send("ping");
    client.ws.ping();
    client.ws.close(1000);

    const next = await open("/echo?client=silent");
    next.ws.send("ping");
    assert.equal(await next.text(), "pong");
    await fault({ client: "silent", fault: "close", code: 1000 });
    await next.closed();
    assert.deepEqual(heard, []);
    client.ws.terminate();
  });

  test("silent: a chat message does not reach the socket either", async () => {
    const deaf = await open("/chat?name=deaf&client=deaf");
    const loud = await open("/chat?name=loud");
    await deaf.until(({ names }) => names?.includes("loud"));
    await fault({ client: "deaf", fault: "silent" });
    const heard = [];
    deaf.ws.on("message", (data) => heard.push(data));
    loud.send({ type: "say", id: "to-the-deaf", text: "hello?" });
    await loud.until(({ id }) => id === "to-the-deaf");
    assert.deepEqual(heard, []);
    deaf.ws.terminate();
  });

  test("delay: late, in order, over reconnects, until cleared", async () => {
    await fault({ client: "delay", fault: "delay", ms: 150 });
    const start = performance.now();
    const client = await open("/echo?client=delay");
    assert.ok(performance.now() - start > 140, "the answer to the handshake is late as well");
    client.ws.send("1");
    client.ws.send("2");
    await fault({ client: "delay", fault: "clear" });
    client.ws.send("3");
    assert.deepEqual([await client.text(), await client.text(), await client.text()], ["1", "2", "3"]);
    const later = performance.now();
    client.ws.send("4");
    await client.text();
    assert.ok(performance.now() - later < 140);
  });

  test("stall: reads nothing for a while, then everything", async () => {
    const client = await open("/echo?client=stall");
    const start = performance.now();
    await fault({ client: "stall", fault: "stall", ms: 200 });
    client.ws.send("patience");
    assert.equal(await client.text(), "patience");
    assert.ok(performance.now() - start > 190);
  });

  test("refuse: handshakes are answered 503, until cleared", async () => {
    await fault({ client: "refuse", fault: "refuse", mode: "reject", ms: 60_000 });
    assert.equal(await refusal(new WebSocket(url("/echo?client=refuse", "ws"))), 503);
    await open("/echo?client=another");
    await fault({ client: "refuse", fault: "clear" });
    await open("/echo?client=refuse");
    assert.deepEqual(await journal("refuse"), ["handshake", "refused", "handshake", "open"]);
  });

  test("refuse: ends by itself", async () => {
    await fault({ client: "brief", fault: "refuse", mode: "reject", ms: 0 });
    await open("/echo?client=brief");
  });

  test("refuse: handshakes hang", async () => {
    await fault({ client: "hang", fault: "refuse", mode: "hang", ms: 60_000 });
    const ws = new WebSocket(url("/echo?client=hang", "ws"), { handshakeTimeout: 200 });
    const [error] = await once(ws, "error");
    assert.match(error.message, /timed out/);
    assert.deepEqual(await journal("hang"), ["handshake", "refused"]);
  });

  test("restart: everyone is closed with 1012 and refused for a while", async () => {
    const one = await open("/echo?client=one");
    const two = await open("/chat?client=two&name=two");
    await fault({ client: "*", fault: "restart", ms: 60_000 });
    assert.deepEqual(await one.closed(), { code: 1012, reason: "service restart" });
    assert.equal((await two.closed()).code, 1012);
    assert.equal(await refusal(new WebSocket(url("/echo?client=one", "ws"))), 503);
    await fault({ client: "*", fault: "clear" });
    await open("/echo?client=one");
  });

  test("bad input is named", async () => {
    for (const [request, message] of [
      ["nonsense", /^"body" is "nonsense"; allowed: a JSON object$/],
      [[], /^"client" is missing/],
      [{ client: "x", fault: "flood" }, /^"fault" is "flood"; allowed: drop, close, silent/],
      [{ client: "", fault: "drop" }, /^"client" is ""/],
      [{ client: "x", fault: "delay" }, /^"ms" is missing; allowed: an integer from 0 to 60000/],
      [{ client: "x", fault: "stall", ms: -1 }, /^"ms" is -1/],
      [{ client: "x", fault: "close", code: 1006 }, /^"code" is 1006; allowed: 1000 to 1003/],
      [{ client: "x", fault: "close", code: 1000, reason: "é".repeat(62) }, /^"reason" is /],
      [{ client: "x", fault: "refuse", ms: 1, mode: "sulk" }, /^"mode" is "sulk"; allowed: reject, hang/],
    ]) {
      const response = await postFault(request);
      assert.equal(response.status, 400);
      assert.match((await response.json()).error, message);
    }
  });
});

function url(path, scheme = "http") {
  return `${scheme}://127.0.0.1:${port}${path}`;
}

function get(path) {
  return fetch(url(path));
}

/** Unlike fetch, sends the path as it is. */
async function rawGet(path) {
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return text;
}

function postFault(request) {
  const body = typeof request === "string" ? request : JSON.stringify(request);
  return fetch(url("/faults"), { method: "POST", body });
}

async function fault(request) {
  const response = await postFault(request);
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

/** The events of a client, e.g. `close 1006`. */
async function journal(client) {
  const entries = await (await get(`/log?client=${client}`)).json();
  return entries.map(({ event, code }) => (code ? `${event} ${code}` : event));
}

async function refusal(ws) {
  ws.on("error", () => {});
  const [, response] = await once(ws, "unexpected-response");
  return response.statusCode;
}

/** The numbers of the audience's comments, until as many came, or one that measures so much. */
async function murmur(client, enough, measure = (_number, index) => index + 1) {
  const numbers = [];
  while (!numbers.some((number, index) => measure(number, index) >= enough)) {
    const { comments } = await client.json();
    numbers.push(...comments.map(({ id }) => Number(/^audience-(\d+)$/.exec(id)[1])));
  }
  return numbers;
}

function sendFully(ws, data) {
  return new Promise((resolve) => ws.send(data, resolve));
}

/** An open socket whose messages wait until they are asked for. */
async function open(path, protocols = []) {
  const ws = new WebSocket(url(path, "ws"), protocols);
  const inbox = [];
  const waiting = [];
  ws.on("message", (data, isBinary) => {
    const receive = waiting.shift();
    if (receive) receive({ data, isBinary });
    else inbox.push({ data, isBinary });
  });
  const end = once(ws, "close").then(([code, reason]) => ({ code, reason: reason.toString() }));
  await once(ws, "open");

  const client = {
    ws,
    send: (value) => ws.send(JSON.stringify(value)),
    closed: () => end,
    message: () =>
      inbox.length > 0 ? Promise.resolve(inbox.shift()) : new Promise((resolve) => waiting.push(resolve)),
    async text() {
      const { data, isBinary } = await client.message();
      assert.equal(isBinary, false);
      return data.toString();
    },
    json: async () => JSON.parse(await client.text()),
    async until(accepts) {
      for (;;) {
        const value = await client.json();
        if (accepts(value)) return value;
      }
    },
  };
  return client;
}
