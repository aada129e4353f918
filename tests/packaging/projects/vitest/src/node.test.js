// @vitest-environment node
import { SteadySocket } from "steadysocket";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { echo } from "./echo.js";

test("the server answers", async () => {
  expect(await echo(new SteadySocket(process.env.ECHO, [], { WebSocket }))).toBe("a text 0,127,255");
});
