/**
 * Bytes as text that stands in a string literal or in HTML without escapes. A character stands for a byte of the first of
 * three pages of 86, or of another page if that page's character goes before it. gzip hardly minds, where base64 costs a
 * third.
 */
const SAFE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  .join("")
  .replace(/['"`\\$<]/g, "");
const PAGE = 86;
/** Brings more of the bytes that are common in WebAssembly to the first page. */
const TWIST = 8;

/** What the build puts in the module. */
export function encode(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => {
    const twisted = byte ^ TWIST;
    const page = Math.floor(twisted / PAGE);
    return (page ? SAFE.charAt(PAGE + page - 1) : "") + SAFE.charAt(twisted % PAGE);
  });
  return characters.join("");
}

/** What comes out of it at the first use. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let page = 0;
  for (const character of text) {
    const index = SAFE.indexOf(character);
    if (index < PAGE) {
      bytes[length++] = (page * PAGE + index) ^ TWIST;
      page = 0;
    } else {
      page = index - PAGE + 1;
    }
  }
  return bytes.subarray(0, length);
}
