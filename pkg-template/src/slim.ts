import { setLoader } from "./loading.js";

export type * from "./events.js";
export type * from "./options.js";
export { SteadySocket } from "./socket.js";

setLoader(() => {
  throw new Error("steadysocket/slim: call init() and await it before the first SteadySocket");
});

/**
 * Brings in the WebAssembly module (`steadysocket/steadysocket.wasm`). Await it before the first `SteadySocket`.
 *
 * @param source The module, its bytes, a `Response` with them, or the URL to fetch them from.
 */
export async function init(
  source: WebAssembly.Module | BufferSource | Response | URL | string,
): Promise<void> {
  const found = typeof source === "string" || source instanceof URL ? await fetch(source) : source;
  const bytes = found instanceof Response ? await found.arrayBuffer() : found;
  const module = bytes instanceof WebAssembly.Module ? bytes : await WebAssembly.compile(bytes);
  setLoader((imports) => new WebAssembly.Instance(module, imports));
}
