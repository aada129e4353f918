import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const dist = new URL("../../pkg/dist/", import.meta.url);

test("no file evaluates text: neither eval nor Function, and no string for a timer", () => {
  const files = readdirSync(dist).filter((name) => /\.c?js$/.test(name));
  assert.ok(files.length > 8);
  for (const file of files) {
    const code = readFileSync(new URL(file, dist), "utf8");
    const found = code.match(/(?<![-\w.])(eval|Function)\b(?!\.prototype)|set(Timeout|Interval)\(["'`]/);
    assert.equal(found, null, `${file}: ${found?.[0]} at ${found?.index}`);
  }
});
