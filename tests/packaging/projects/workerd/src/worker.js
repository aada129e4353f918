import { init, SteadySocket } from "steadysocket/slim";
import wasm from "steadysocket/steadysocket.wasm";
import { echo } from "./echo.js";

export default {
  async fetch(request) {
    await init(wasm);
    const url = new URL(request.url).searchParams.get("echo");
    return new Response(await echo(new SteadySocket(url)));
  },
};
