/** The WebAssembly module as JavaScript, as the build puts it in: what its instance exports. */
export function instantiate(imports: WebAssembly.Imports): WebAssembly.Exports;
