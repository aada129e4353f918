import type { Payload } from "./options.js";

/**
 * What `WebSocket.send` makes of its argument: binary data and blobs as they are, all else as text.
 *
 * @throws TypeError if it is memory that is shared or can be resized (Web IDL, `BufferSource`).
 */
export function toPayload(data: unknown): Payload {
  if (typeof data === "string") return data;
  const isView = ArrayBuffer.isView(data);
  const buffer = isView ? data.buffer : data;
  const isBuffer = reads(bufferLength, buffer);
  if (
    isBuffer
      ? (buffer as ArrayBuffer).resizable
      : Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]"
  ) {
    throw new TypeError(
      "The buffer is shared or resizable; allowed: one of its own memory and a fixed length.",
    );
  }
  return isView || isBuffer || reads(blobSize, data) ? (data as Payload) : `${data}`;
}

/** How many bytes it takes on the wire. */
export function byteLength(payload: Payload): number {
  if (typeof payload === "string") return utf8Length(payload);
  return "size" in payload ? payload.size : payload.byteLength;
}

/** A copy of what its owner may change while it waits: `send` takes the bytes as they are when it is called. */
export function snapshot(payload: Payload): Payload {
  if (ArrayBuffer.isView(payload)) {
    return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength).slice();
  }
  return typeof payload === "string" || "size" in payload ? payload : payload.slice(0);
}

const bufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength");
const blobSize = Object.getOwnPropertyDescriptor(Blob.prototype, "size");

/** Whether a getter takes a value for its own, of any realm: names and tags can be anybody's. */
function reads(getter: PropertyDescriptor | undefined, value: unknown): boolean {
  try {
    getter?.get?.call(value);
    return true;
  } catch {
    return false;
  }
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
