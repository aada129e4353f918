import type { Payload } from "./options.js";

/** What `WebSocket.send` makes of its argument: binary data and blobs as they are, all else as text. */
export function toPayload(data: unknown): Payload {
  return data instanceof Blob || isBuffer(data) || ArrayBuffer.isView(data) ? data : String(data);
}

/** How many bytes it takes on the wire. */
export function byteLength(payload: Payload): number {
  if (typeof payload === "string") return utf8Length(payload);
  return payload instanceof Blob ? payload.size : payload.byteLength;
}

/** A copy of what its owner may change while it waits: `send` takes the bytes as they are when it is called. */
export function snapshot(payload: Payload): Payload {
  if (ArrayBuffer.isView(payload)) {
    return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength).slice();
  }
  return isBuffer(payload) ? payload.slice(0) : payload;
}

/** Of any realm, shared or not. */
function isBuffer(data: unknown): data is ArrayBufferLike {
  return /ArrayBuffer]/.test(Object.prototype.toString.call(data));
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // A pair takes four bytes, not six; a lone surrogate becomes U+FFFD, which takes three.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes--;
      i++;
    }
  }
  return bytes;
}
