// @vitest-environment jsdom
import { SteadySocket } from "steadysocket";
import { expect, test } from "vitest";
import { echo } from "./echo.js";

test("the server answers", async () => {
  expect(await echo(new SteadySocket(process.env.ECHO))).toBe("a text 0,127,255");
});
