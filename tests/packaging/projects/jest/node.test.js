/** @jest-environment node */
const { SteadySocket } = require("steadysocket");
const WebSocket = require("ws");
const { echo } = require("./echo.js");

test("the server answers", async () => {
  expect(await echo(new SteadySocket(process.env.ECHO, [], { WebSocket }))).toBe("a text 0,127,255");
});
