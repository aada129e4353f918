export { Connection } from "../../build/glue/steadysocket.js";

/** What the module imports. */
export function imports(): WebAssembly.Imports;
/** Makes an instance the one that `Connection` belongs to. */
export function finish(instance: WebAssembly.Instance): void;
