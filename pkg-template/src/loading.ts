import { finish, imports } from "#wasm";

type Instantiate = (imports: WebAssembly.Imports) => WebAssembly.Instance;

let instantiate: Instantiate;
let loaded = false;

/** Says how to get an instance of the core. That is done at the first use, so that importing costs nothing. */
export function setLoader(load: Instantiate): void {
  instantiate = load;
}

/** Makes sure that the core is there: one instance for all sessions. */
export function ensureLoaded(): void {
  if (!loaded) finish(instantiate(imports()));
  loaded = true;
}
