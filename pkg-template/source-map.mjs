const OWN = /^\.\.\/\.\.\/pkg-template\//;
const GENERATED = /^generated:#/;
/** Of a source that is in the code as it is: a second copy would be a third of the package. */
const ONCE = { "generated:#wasm-text": "// The WebAssembly module, as text.\n" };

/** A source map with sources named as if the package had them, as their texts are in the map. */
export function publishable(map) {
  const { sources, sourcesContent, ...rest } = JSON.parse(map);
  return JSON.stringify({
    ...rest,
    sources: sources.map((source) => source.replace(OWN, "../").replace(GENERATED, "../generated/")),
    sourcesContent: sourcesContent.map((text, index) => ONCE[sources[index]] ?? text),
  });
}
