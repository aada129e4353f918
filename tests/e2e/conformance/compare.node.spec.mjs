import { expect, test } from "@playwright/test";
import { compare, difference, judge, unused } from "./compare.mjs";

const WHERE = {
  file: "close",
  name: "twice",
  browser: "chromium",
  scope: "window",
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
  expect(judge(OTHER, WHERE, [{ ...ENTRY, case: "close: once" }])).toHaveLength(1);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, subjects: ["strict"] }])).toHaveLength(1);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, browsers: ["firefox"] }])).toHaveLength(1);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, scopes: ["shared"] }])).toHaveLength(1);
});

test("a listed difference may be limited to some lines", () => {
  expect(judge(OTHER, WHERE, [{ ...ENTRY, lines: /open/ }])).toEqual([]);
  expect(judge(OTHER, WHERE, [{ ...ENTRY, lines: /close/ }])).toHaveLength(1);
});

test("a listed difference must occur in one of the cases that it names, where some of them are run", () => {
  const subjects = ["native", "strict", "default"];
  const once = { where: { ...WHERE, name: "once" }, subjects, ...SAME };
  const twice = { where: WHERE, subjects, ...OTHER };
  expect(unused([once, twice], [ENTRY])).toEqual([]);
  expect(unused([once, twice], [{ ...ENTRY, case: /^close/ }])).toEqual([]);
  expect(unused([once], [{ ...ENTRY, case: /^close/ }])).toHaveLength(1);
  expect(unused([twice], [{ ...ENTRY, lines: /close/ }])).toHaveLength(1);
  expect(unused([once], [ENTRY]), "not run").toEqual([]);
  expect(unused([twice], [{ ...ENTRY, subjects: ["strict", "default"] }])).toEqual([]);
});

test("a case that throws fails, also when it throws with all subjects", () => {
  const thrown = ["native", "strict"].map((subject) => ({ case: "twice", subject, error: "no" }));
  expect(judge(compare(thrown), WHERE, [])).toHaveLength(2);
});
