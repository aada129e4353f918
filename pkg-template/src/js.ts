import { instantiate } from "#wasm2js";
import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

setLoader((imports) => ({ exports: instantiate(imports) }));
