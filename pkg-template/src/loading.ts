import { finish, imports } from "#wasm";

let load: () => WebAssembly.Module;
let loaded = false;

/** Says how to get the WebAssembly module. That is done at the first use, so that importing costs nothing. */
export function setLoader(module: () => WebAssembly.Module): void {
  load = module;
}

/** Makes sure that the WebAssembly module is there: one for all sessions. */
export function ensureLoaded(): void {
  if (!loaded) finish(new WebAssembly.Instance(load(), imports()));
  loaded = true;
}
