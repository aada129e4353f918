import { expect, test } from "@playwright/test";
import { advance, enter, fitLanes, GAP } from "../../../www/examples/comments/lanes.ts";

const RUNS = 200;
const STEPS = 400;

test("comments of any width never overlap, however the stage is resized and the frames come", () => {
  let entered = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = dice(seed);
    const between = (low, high) => low + random() * (high - low);
    let stage = between(200, 2000);
    let lanes = fitLanes([], Math.floor(between(1, 30)));
    for (let step = 0; step < STEPS; step++) {
      if (random() < 0.02) stage = between(200, 2000);
      if (random() < 0.02) lanes = fitLanes(lanes, Math.floor(between(1, 30)));
      for (let tries = Math.floor(between(0, 5)); tries > 0; tries--) {
        const width = between(5, 600);
        if (enter(lanes, { text: "", own: false, width }, stage, random)) entered++;
      }
      advance(lanes, random() < 0.05 ? between(0, 500) : between(0, 10));
      for (const { flights } of lanes) expectApart(flights);
    }
  }
  expect(entered / RUNS, "comments that flew, a run").toBeGreaterThan(100);
});

test("a comment enters at the right edge, and is gone when it has left at the left edge", () => {
  const lanes = fitLanes([], 1);
  const comment = { text: "hi", own: true, width: 50 };
  expect(enter(lanes, comment, 300)).toBe(true);
  expect(lanes[0].flights).toEqual([{ ...comment, x: 300 }]);
  expect(enter(lanes, comment, 300), "there is no room behind it yet").toBe(false);
  advance(lanes, (50 + GAP) / lanes[0].pace);
  expect(enter(lanes, comment, 300)).toBe(true);
  advance(lanes, 299 / lanes[0].pace);
  expect(lanes[0].flights.map(({ x }) => Math.round(x))).toEqual([1]);
  advance(lanes, 51 / lanes[0].pace);
  expect(lanes[0].flights).toEqual([]);
});

test("of the free lanes any may be taken", () => {
  const taken = new Set();
  for (let share = 0; share < 1; share += 0.1) {
    const lanes = fitLanes([], 10);
    enter(lanes, { text: "", own: false, width: 10 }, 300, () => share);
    taken.add(lanes.findIndex(({ flights }) => flights.length > 0));
  }
  expect(taken.size).toBeGreaterThan(8);
});

function expectApart(flights) {
  for (let index = 1; index < flights.length; index++) {
    const before = flights[index - 1];
    // Sums of fractions are not exact.
    if (flights[index].x - before.x - before.width < GAP - 1e-6) {
      expect.soft(flights[index].x).toBeGreaterThan(before.x + before.width + GAP);
      throw new Error(`overlap: ${JSON.stringify([before, flights[index]])}`);
    }
  }
}

/** A generator of numbers from 0 to 1 that a seed tells (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
