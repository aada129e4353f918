import initialize, { type InitInput, initSync } from "#wasm";
import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

/**
 * Brings in the WebAssembly module (`steadysocket/steadysocket.wasm`), before the first `SteadySocket`.
 *
 * @param source Bytes or a `WebAssembly.Module`, at once; or a URL, a `Response` or a promise of any of these, when the
 *   returned promise resolves.
 */
export async function init(source: InitInput | Promise<InitInput>): Promise<void> {
  if (source instanceof WebAssembly.Module || source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    initSync({ module: source });
  } else {
    await initialize({ module_or_path: source });
  }
  setLoader(() => {});
}
