import { node, ROOT, run } from "../support/node.mjs";
import { expect, test } from "../support/test.mjs";

test("importing under Node has no side effect, and the process ends by itself", async () => {
  const { stdout, stderr } = await node(`
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    const { Module } = WebAssembly;
    let compiled = 0;
    WebAssembly.Module = class extends Module { constructor(...all) { super(...all); compiled++; } };
    const exported = Object.keys(await import("./pkg/dist/index.js"));
    const leaked = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    console.log(JSON.stringify({ exported, leaked, compiled }));
  `);
  expect(JSON.parse(stdout)).toEqual({ exported: ["SteadySocket"], leaked: [], compiled: 0 });
  expect(stderr).toBe("");
});

test("imported by node -e", async () => {
  const { stdout, stderr } = await run(process.execPath, ["-e", `import('${ROOT}pkg/dist/index.js')`]);
  expect([stdout, stderr]).toEqual(["", ""]);
});

test("constructing where there is no WebSocket: an error that says what to do", async () => {
  const { stdout } = await node(`
    import { SteadySocket } from "./pkg/dist/index.js";
    delete globalThis.WebSocket;
    try { new SteadySocket("ws://localhost:1/"); console.log("no error"); } catch (error) { console.log(error.message); }
  `);
  expect(stdout).toMatch(/WebSocket/);
  expect(stdout).toMatch(/option/i);
});

test("under Node with the ws package: connects, reconnects, heartbeats, ends", async ({ server }) => {
  const { stdout } = await node(`
    import WebSocket from "ws";
    import { SteadySocket } from "./pkg/dist/index.js";
    const told = [];
    const session = new SteadySocket("${server.origin}/echo?client=node", [], {
      WebSocket,
      backoff: { min: 20, max: 100 },
      heartbeat: { message: "ping", reply: "pong", interval: 50, timeout: 5000 },
      binaryType: "arraybuffer",
    });
    const next = (type) => new Promise((resolve) => session.addEventListener(type, resolve, { once: true }));
    session.send("queued");
    told.push((await next("message")).data);
    await next("latency");
    const back = next("open");
    const lost = next("close");
    await fetch("${server.origin}/faults", { method: "POST", body: JSON.stringify({ client: "node", fault: "drop" }) });
    const { cause, willReconnect } = await lost;
    session.send(new Uint8Array([1, 2, 3]));
    const { reconnected } = await back;
    const { data } = await next("message");
    told.push(cause, willReconnect, reconnected, [...new Uint8Array(data)]);
    const over = next("close");
    session.close(1000, "enough");
    told.push((await over).cause, session.state);
    console.log(JSON.stringify(told));
  `);
  const expected = ["queued", "connection-lost", true, true, [1, 2, 3], "user", "closed"];
  expect(JSON.parse(stdout)).toEqual(expected);
  await expect
    .poll(() => server.logged("node", "close"))
    .toMatchObject([{ code: 1006 }, { code: 1000, reason: "enough" }]);
});
