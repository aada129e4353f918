import { SteadySocket } from "../../../pkg/dist/index.js";
import { node } from "../support/node.mjs";
import { StandIn } from "../support/stand-in.mjs";
import { expect, test } from "../support/test.mjs";

for (const [what, options] of [
  ["startClosed", "{ startClosed: true }"],
  ["an aborted signal", "{ signal: AbortSignal.abort() }"],
]) {
  test(`${what}: a session that never begins is collected`, async () => {
    const source = `
      import { SteadySocket } from "./pkg/dist/index.js";
      import { StandIn } from "./tests/e2e/support/stand-in.mjs";
      const made = 20;
      let collected = 0;
      const registry = new FinalizationRegistry(() => collected++);
      for (let i = 0; i < made; i++) {
        registry.register(new SteadySocket("ws://stand.in/", [], { WebSocket: StandIn, ...${options} }));
      }
      for (let round = 0; round < 50 && collected < made; round++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      console.log(String(collected));
    `;
    expect((await node(source, { flags: ["--expose-gc"] })).stdout).toBe("20");
  });
}

test("startClosed: what a full queue drops is told at once", () => {
  const options = { WebSocket: StandIn, startClosed: true, queue: { maxMessages: 1 } };
  const session = new SteadySocket("ws://stand.in/", [], options);
  const dropped = [];
  session.ondrop = ({ data }) => dropped.push(data);
  for (const text of ["one", "two", "three"]) session.send(text);
  expect(dropped).toEqual(["one", "two"]);
});
