import wasm from "#wasm-text";
import { decode } from "./inline.js";
import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

setLoader(() => {
  try {
    return new WebAssembly.Module(decode(wasm));
  } catch (cause) {
    throw new Error("No WebAssembly here; a CSP needs script-src 'wasm-unsafe-eval'.", { cause });
  }
});
