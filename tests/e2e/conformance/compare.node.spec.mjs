import { expect, test } from "@playwright/test";
import { applies, compare, difference, judge } from "./compare.mjs";

const WHERE = {
  file: "close",
  name: "twice",
  browser: "chromium",
  scope: "window",
  subjects: ["native", "strict", "default"],
};
const ENTRY = { subjects: ["default"], case: "close: twice", reason: "it comes back" };
const run = (subject, lines) => ({ case: "twice", subject, lines });
const SAME = compare([run("native", ["a"]), run("strict", ["a"]), run("default", ["a"])]);
const OTHER = compare([run("native", ["a"]), run("strict", ["a"]), run("default", ["a", "open"])]);

test("lines that only one of two records has are the difference, in order", () => {
  expect(difference(["a", "b", "c"], ["a", "x", "c", "d"])).toEqual(["- b", "+ x", "+ d"]);
  expect(difference(["a", "b"], ["b", "a"])).toHaveLength(2);
  expect(difference(["a", "a"], ["a"])).toEqual(["- a"]);
  expect(difference([], ["a"])).toEqual(["+ a"]);
  expect(difference(["a"], [])).toEqual(["- a"]);
  expect(difference(["a"], ["a"])).toEqual([]);
});

test("a difference fails unless it is listed, for this subject, case, browser and scope", () => {
  expect(judge(SAME, WHERE, [])).toEqual([]);
  expect(judge(OTHER, WHERE, [])).toHaveLength(1);
  expect(judge(OTHER, WHERE, [ENTRY])).toEqual([]);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, case: /^close: / }])).toEqual([]);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, subjects: ["strict"] }])).not.toEqual([]);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, browsers: ["firefox"] }])).not.toEqual([]);
  expect(applies({ ...ENTRY, scopes: ["shared"] }, "default", WHERE)).toBe(false);
});

test("a listed difference may be limited to some lines, and must occur", () => {
  expect(judge(OTHER, WHERE, [{ ...ENTRY, lines: /open/ }])).toEqual([]);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, lines: /close/ }])).toHaveLength(1);
  expect(judge(SAME, WHERE, [ENTRY])).toHaveLength(1);
  expect(judge(SAME, WHERE, [{ ...ENTRY, sometimes: "a race" }])).toEqual([]);
});

test("a case that throws fails, also when it throws with all subjects", () => {
  const thrown = ["native", "strict"].map((subject) => ({ case: "twice", subject, error: "no" }));
  expect(judge(compare(thrown), WHERE, [])).toHaveLength(2);
});
