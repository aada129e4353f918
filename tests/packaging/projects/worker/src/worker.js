import { SteadySocket } from "steadysocket";
import { echo } from "./echo.js";

self.onmessage = async ({ data }) => self.postMessage(await echo(new SteadySocket(data)));
