import { expect, test } from "@playwright/test";
import { violations } from "./check.mjs";

const WELL = {
  sent: 6,
  drops: [
    [3, "in-flight-unknown"],
    [4, "in-flight-unknown"],
    [5, "overflow"],
  ],
  // The third was on its way when the first connection was left, and came late.
  received: on([7, 1], [7, 2], [9, 6], [7, 3]),
  heard: [
    [7, 1],
    [7, 2],
    [9, 1],
  ],
};

test("a good account has nothing wrong", () => {
  expect(violations(WELL)).toEqual([]);
});

for (const [what, change, expected] of [
  ["a loss", { drops: WELL.drops.slice(1), received: on([7, 1], [7, 2], [9, 6]) }, /^3 is lost/],
  ["a duplicate", { received: on([7, 1], [7, 2], [9, 2], [9, 6]) }, /^2 is received twice/],
  ["a wrong order", { received: on([7, 2], [9, 1], [9, 6]) }, /^1 is received after 2, on 9/],
  ["a wrong order on one connection", { received: on([7, 2], [7, 1], [9, 6]) }, /same connection/],
  [
    "a wrong order of unknown ones",
    { received: on([7, 1], [7, 2], [9, 4], [9, 3], [9, 6]) },
    /3 is .* after 4/,
  ],
  ["a wrong report", { received: on([7, 1], [7, 2], [9, 5], [9, 6]) }, /^5 is reported .* and received/],
  ["two reports", { drops: [...WELL.drops, [4, "closed"]] }, /^4 is reported twice/],
  ["one never sent", { sent: 5, received: on([7, 1], [7, 2], [9, 6]) }, /^6 was never sent/],
  [
    "a gap from the server",
    {
      heard: [
        [7, 1],
        [7, 3],
      ],
    },
    /^3 is heard after 1/,
  ],
  [
    "an echo from the server",
    {
      heard: [
        [7, 1],
        [7, 1],
      ],
    },
    /^1 is heard after 1/,
  ],
  [
    "a voice from the grave",
    {
      heard: [
        [7, 1],
        [9, 1],
        [7, 2],
      ],
    },
    /^connection 7 is heard after it was left/,
  ],
]) {
  test(`the check finds ${what}`, () => {
    expect(violations({ ...WELL, ...change })[0]).toMatch(expected);
  });
}

function on(...pairs) {
  return pairs.map(([connection, number]) => ({ connection, number }));
}
