import { randomInt } from "node:crypto";
import { expect, test } from "@playwright/test";
import { chaos } from "./run.mjs";

const SECONDS = 25;
const PAGES = 6;

test(`${PAGES} pages and random faults for ${SECONDS} s: no message twice, out of order, or lost in silence`, async ({
  context,
}) => {
  test.setTimeout((SECONDS + 60) * 1000);
  // With CHAOS_SEED in the environment the same faults come again, though the browser's own timing does not.
  const seed = Number(process.env.CHAOS_SEED ?? randomInt(2 ** 31));
  const { wrong, summary, sent, received, heard } = await chaos({
    context,
    pages: PAGES,
    seconds: SECONDS,
    seed,
  });
  console.log(summary);
  expect(wrong.join("\n"), `CHAOS_SEED=${seed}`).toBe("");
  expect(received).toBeGreaterThan(sent / 3);
  expect(heard).toBeGreaterThan(0);
});
