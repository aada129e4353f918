import { SteadySocket } from "./node_modules/steadysocket/dist/index.js";
import { echo } from "./src/echo.js";

self.onmessage = async ({ data }) => self.postMessage(await echo(new SteadySocket(data)));
