import { SteadySocket } from "steadysocket";
import { retryAfter } from "steadysocket/retry-after";
import { echo } from "./echo.js";

const url = new URLSearchParams(location.search).get("echo");
echo(new SteadySocket(url, [], { retry: retryAfter() })).then((answer) => {
  document.querySelector("output").textContent = answer;
});
