/**
 * Makes a module of what `wasm2js` says, with a function that gives what an instance of WebAssembly exports. Nothing is done
 * before it is called.
 */
export function moduleOf(text) {
  const body = text
    .replace(/^import .*\n/gm, "")
    .replace(/^var retasmFunc = [\s\S]*/m, "")
    // The memory's first content is mostly text, which stands there as it is more briefly than as base64.
    .replace(/^ *var base64ReverseLookup = [\s\S]*?(?=^function initActiveSegments)/m, "")
    .replace(
      /base64DecodeToExistingUint8Array\(bufferView, (\d+), "([^"]*)"\)/g,
      (_, address, base64) =>
        `write(${address}, ${JSON.stringify(Buffer.from(base64, "base64").toString("latin1"))})`,
    );
  if (/base64|^export/m.test(body)) throw new Error("wasm2js says it in other words than it used to");
  return `export function instantiate(imports) {
    ${body}
    function write(address, text) {
      for (let i = 0; i < text.length; i++) bufferView[address + i] = text.charCodeAt(i);
    }
    return asmFunc(imports);
  }`;
}
