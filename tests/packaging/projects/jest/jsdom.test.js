/** @jest-environment jsdom */
const { SteadySocket } = require("steadysocket");
const { echo } = require("./echo.js");

test("the server answers", async () => {
  expect(await echo(new SteadySocket(process.env.ECHO))).toBe("a text 0,127,255");
});
