import { SteadySocket } from "steadysocket";
import { echo } from "./src/echo.js";

console.log(await echo(new SteadySocket(process.argv.at(-1))));
