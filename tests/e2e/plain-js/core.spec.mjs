import { node } from "../support/node.mjs";
import { StandIn } from "../support/stand-in.mjs";
import { expect, test } from "../support/test.mjs";

/** What run.mjs puts in the package's place has its core in JavaScript. */
const NEEDS_WEBASSEMBLY = !process.env.STEADYSOCKET_PKG;

// Were another core tried than the one that is asked for, all the other tests would pass as well.
test("the core that is tried is the one that is asked for: in a page, in a program and here", async ({
  blank,
}) => {
  const inPage = await blank.evaluate(`(${need})(SteadySocket)`);
  const { stdout } = await node(`
    import { SteadySocket } from "./pkg/dist/index.js";
    import { StandIn } from "./tests/e2e/support/stand-in.mjs";
    console.log(String((${need})(SteadySocket, StandIn)));
  `);
  // Another copy of it than the one that other tests have made sessions of.
  const { SteadySocket } = await import("../../../pkg/dist/index.js?copy");
  const here = need(SteadySocket, StandIn);
  expect([inPage, stdout === "true", here]).toEqual(Array(3).fill(NEEDS_WEBASSEMBLY));
});

/** Whether the first session needs WebAssembly. */
function need(SteadySocket, WebSocket) {
  const { WebAssembly } = globalThis;
  delete globalThis.WebAssembly;
  try {
    new SteadySocket("ws://stand.in/", [], { WebSocket, startClosed: true });
    return false;
  } catch {
    return true;
  } finally {
    globalThis.WebAssembly = WebAssembly;
  }
}
