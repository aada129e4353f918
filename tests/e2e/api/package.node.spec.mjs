import { readFileSync } from "node:fs";
import { node, ROOT, run } from "../support/node.mjs";
import { expect, test } from "../support/test.mjs";

const { exports, peerDependencies = {} } = JSON.parse(readFileSync(`${ROOT}pkg/package.json`, "utf8"));
/** Each entry's file by the way in which it is asked for. */
const entries = Object.values(exports).flatMap((entry) =>
  ["import", "require"].filter((way) => entry[way]).map((way) => [way, `${entry[way].default}`]),
);

test("there are entries for both kinds of modules", () => {
  expect(entries.length).toBeGreaterThan(7);
});

for (const [way, file] of entries) {
  const load = way === "import" ? "await import" : "require";
  test(`${load}("${file}") under Node has no side effect, and the process ends by itself`, async () => {
    const { stdout, stderr } = await node(`
      import { createRequire } from "node:module";
      const require = createRequire("${ROOT}pkg/package.json");
      const load = async (name) => ${load}(name);
      // Frameworks have globals of their own.
      for (const framework of ${JSON.stringify(Object.keys(peerDependencies))}) await load(framework);
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const { Module } = WebAssembly;
      const done = [];
      WebAssembly.Module = class extends Module { constructor(...all) { super(...all); done.push("compiled"); } };
      for (const name of ["setTimeout", "setInterval", "queueMicrotask", "fetch"]) {
        const own = globalThis[name];
        globalThis[name] = (...all) => { if (new Error().stack.includes("/pkg/dist/")) done.push(name); return own(...all); };
      }
      const exported = Object.keys(await load("${ROOT}pkg/${file.slice(2)}"));
      const leaked = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      console.log(JSON.stringify({ leaked, done, any: exported.length > 0 }));
    `);
    expect(JSON.parse(stdout)).toEqual({ leaked: [], done: [], any: true });
    expect(stderr).toBe("");
  });
}

test("both kinds of modules export the same names", async () => {
  const { stdout } = await node(`
    import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    const names = {};
    for (const [way, file] of ${JSON.stringify(entries)}) {
      const path = "${ROOT}pkg/" + file;
      (names[way] ??= []).push(Object.keys(way === "import" ? await import(path) : require(path)).sort());
    }
    console.log(JSON.stringify(names));
  `);
  const names = JSON.parse(stdout);
  expect(names.require).toEqual(names.import);
});

test("imported and required by node -e", async () => {
  for (const load of [`import("${ROOT}pkg/dist/index.js")`, `require("${ROOT}pkg/dist/index.cjs")`]) {
    const { stdout, stderr } = await run(process.execPath, ["-e", load]);
    expect([stdout, stderr]).toEqual(["", ""]);
  }
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
