let load: () => void = () => {
  throw new Error("steadysocket/slim: call init() and await it before the first SteadySocket");
};

/** Says how the WebAssembly module gets there. It is done at the first use, so that importing costs nothing. */
export function setLoader(loader: () => void): void {
  load = () => {
    loader();
    load = () => {};
  };
}

/** Makes sure that the WebAssembly module is there. */
export function ensureLoaded(): void {
  load();
}
