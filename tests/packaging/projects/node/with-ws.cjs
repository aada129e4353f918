const { SteadySocket } = require("steadysocket");
const WebSocket = require("ws");

import("./src/echo.js")
  .then(({ echo }) => echo(new SteadySocket(process.argv.at(-1), [], { WebSocket })))
  .then(console.log);
