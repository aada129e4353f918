import { SteadySocket as Core } from "../../../pkg/dist/index.js";
import { SteadySocket as Plain } from "../../../pkg/dist/js.js";
import { expect, test } from "../support/test.mjs";
import { live } from "./life.mjs";

const LIVES = 1_000;

test("the core in JavaScript lives every life as the one in WebAssembly does", { tag: "@wasm" }, () => {
  test.setTimeout(120_000);
  let [steps, opened] = [0, 0];
  for (let seed = 0; seed < LIVES; seed++) {
    const notes = live(Core, seed);
    expect(live(Plain, seed), `seed ${seed}`).toEqual(notes);
    steps += notes.length;
    opened += notes.filter((note) => note.startsWith("open")).length;
  }
  // Lives in which nothing happens would be alike as well.
  expect(steps / LIVES).toBeGreaterThan(150);
  expect(opened / LIVES).toBeGreaterThan(3);
});
