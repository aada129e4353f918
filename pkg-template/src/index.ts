import wasm from "#wasm-text";
import { decode } from "./inline.js";
import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

setLoader((imports) => {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(decode(wasm)), imports);
  } catch (cause) {
    throw new Error(
      "No WebAssembly here; a CSP needs script-src 'wasm-unsafe-eval'. steadysocket/js works without, steadysocket/slim with it as a file.",
      { cause },
    );
  }
});
