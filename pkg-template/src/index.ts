import wasm from "#wasm-text";
import { decode } from "./inline.js";
import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

setLoader(() => new WebAssembly.Module(decode(wasm)));
