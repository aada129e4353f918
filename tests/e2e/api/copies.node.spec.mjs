import { cp } from "node:fs/promises";
import { node, ROOT } from "../support/node.mjs";
import { expect, test } from "../support/test.mjs";

/** A page may hold the package twice, put our class in the global one's place at any time, and have it wrapped there. */

/** A browser's own class, which counts. It stands in `Native`, and in the global one's place. */
const NATIVE = `
  import { StandIn as Native } from "./tests/e2e/support/stand-in.mjs";
  globalThis.WebSocket = Native;
  const made = (run) => { const before = Native.made.length; run(); return Native.made.length - before; };
`;

/** Another copy of what was built: a module of its own. */
async function copy(testInfo) {
  const path = testInfo.outputPath("pkg");
  await cp(`${ROOT}pkg`, path, { recursive: true });
  return path;
}

for (const [entry, name] of [
  ["websocket", "WebSocket"],
  ["index", "SteadySocket"],
]) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  test(`${entry}: two copies that each take the global one's place connect once`, async ({}, testInfo) => {
    const other = await copy(testInfo);
    const { stdout } = await node(`${NATIVE}
      const { ${name}: One } = await import("./pkg/dist/${entry}.js");
      globalThis.WebSocket = One;
      const { ${name}: Two } = await import("${other}/dist/${entry}.js");
      globalThis.WebSocket = Two;
      console.log(String([made(() => new One("ws://stand.in/")), made(() => new Two("ws://stand.in/"))]));
      process.exit();
    `);
    expect(stdout).toBe("1,1");
  });

  test(`${entry}: wrapped by a function that makes two of it, both connect`, async () => {
    const { stdout } = await node(`${NATIVE}
      const { ${name}: Ours } = await import("./pkg/dist/${entry}.js");
      globalThis.WebSocket = function (...given) { return [new Ours(...given), new Ours(...given)][0]; };
      console.log(String(made(() => new Ours("ws://stand.in/"))));
      process.exit();
    `);
    expect(stdout).toBe("2");
  });

  test(`${entry}: wrapped by a function in the global one's place, it connects once`, async () => {
    const { stdout } = await node(`${NATIVE}
      const { ${name}: Ours } = await import("./pkg/dist/${entry}.js");
      globalThis.WebSocket = function (...given) { return new Ours(...given); };
      console.log(String(made(() => new WebSocket("ws://stand.in/"))));
      process.exit();
    `);
    expect(stdout).toBe("1");
  });
}

test("the strict class, imported once a SteadySocket is the global one: it is made of the browser's own", async () => {
  const { stdout } = await node(`${NATIVE}
    const { SteadySocket } = await import("./pkg/dist/index.js");
    globalThis.WebSocket = SteadySocket;
    const { WebSocket } = await import("./pkg/dist/websocket.js");
    console.log(String(made(() => new WebSocket("ws://stand.in/", [], { startClosed: true }))));
    process.exit();
  `);
  expect(stdout).toBe("1");
});

test("slim: init() again leaves the sessions that live as they are", async () => {
  const { stdout } = await node(`
    import { readFileSync } from "node:fs";
    import { init, SteadySocket } from "./pkg/dist/slim.js";
    import { next, StandIn } from "./tests/e2e/support/stand-in.mjs";
    const bytes = readFileSync("./pkg/dist/steadysocket.wasm");
    const open = async () => {
      await init(bytes);
      const session = new SteadySocket("ws://stand.in/", [], { WebSocket: StandIn });
      await next(session, "open");
      return session;
    };
    const one = await open();
    const two = await open();
    two.close();
    await next(two, "close");
    one.send("still here");
    console.log(String([one.state, two.state, ...StandIn.made[0].sent]));
    process.exit();
  `);
  expect(stdout).toBe("open,closed,still here");
});
