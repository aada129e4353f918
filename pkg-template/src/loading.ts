import { finish, imports } from "#wasm";

let load: () => void;

/** Says how to get the WebAssembly module. That is done at the first use, so that importing costs nothing. */
export function setLoader(module: () => WebAssembly.Module): void {
  load = () => {
    finish(new WebAssembly.Instance(module(), imports()));
    load = () => {};
  };
}

/** Makes sure that the WebAssembly module is there. */
export function ensureLoaded(): void {
  load();
}
