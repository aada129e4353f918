import { readFileSync } from "node:fs";
import { node, ROOT } from "../support/node.mjs";
import { StandIn } from "../support/stand-in.mjs";
import { expect, test } from "../support/test.mjs";

test("importing does nothing: no global, no memory, no WebAssembly", async () => {
  const { stdout, stderr } = await node(`
    delete globalThis.WebAssembly;
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    let buffers = 0;
    globalThis.ArrayBuffer = class extends ArrayBuffer { constructor(...all) { super(...all); buffers++; } };
    const exported = Object.keys(await import("./pkg/dist/js.js"));
    const leaked = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    console.log(JSON.stringify({ exported, leaked, buffers }));
  `);
  expect(JSON.parse(stdout)).toEqual({ exported: ["SteadySocket"], leaked: [], buffers: 0 });
  expect(stderr).toBe("");
});

for (const file of ["js.js", "js.cjs", "websocket-js.js", "websocket-js.cjs"]) {
  test(`${file} has no WebAssembly in it, and makes no code of text`, () => {
    const text = readFileSync(`${ROOT}pkg/dist/${file}`, "utf8");
    expect(text).not.toMatch(/WebAssembly|\beval\b|\bFunction\(/);
    // Its first memory is text, which must mean the same whatever charset it is served with.
    expect(text).toMatch(/^\p{ASCII}*$/u);
  });
}

test("as CommonJS", async () => {
  const { stdout } = await node(`
    import { createRequire } from "node:module";
    import { StandIn } from "./tests/e2e/support/stand-in.mjs";
    delete globalThis.WebAssembly;
    const { SteadySocket } = createRequire(import.meta.url)("./pkg/dist/js.cjs");
    const session = new SteadySocket("ws://stand.in/", [], { WebSocket: StandIn });
    session.onopen = () => { console.log(session.state); session.close(); };
  `);
  expect(stdout).toBe("open");
});

test("its memory grows with the sessions, and those that were there before go on", async () => {
  const { SteadySocket } = await import("../../../pkg/dist/js.js");
  const made = (options) => new SteadySocket("ws://stand.in/", [], { WebSocket: StandIn, ...options });
  const first = made({ startClosed: true });
  first.send("before");
  const many = Array.from({ length: 3_000 }, () => made({ startClosed: true }));
  for (const session of many) session.send("waits");
  expect(() => made({ connectTimeout: 0 })).toThrow(
    "connectTimeout is 0; allowed: 1 ms or more, or Infinity",
  );
  expect(many.every(({ bufferedAmount }) => bufferedAmount === 5)).toBe(true);
  const opened = new Promise((resolve) => first.addEventListener("open", resolve));
  first.reconnect();
  await opened;
  await expect.poll(() => StandIn.made.at(-1).sent).toEqual(["before"]);
  expect(first.state).toBe("open");
  first.close();
});
