/** Frames as a server sends them (RFC 6455 §5.2), and wrong ones, as hexadecimal digits. */

const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/**
 * A frame. `payload` is text or bytes; `type` is a name or an opcode; `rsv` are the three reserved bits as a number.
 * `length` is what the frame says of its length, if that is not the payload's.
 */
export function frame(type, payload = "", { final = true, rsv = 0, masked = false, length } = {}) {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : Uint8Array.from(payload);
  const opcode = OPCODES[type] ?? type;
  const size = length ?? sizeBytes(bytes.length);
  const head = [(final ? 0x80 : 0) | (rsv << 4) | opcode, size[0] | (masked ? 0x80 : 0), ...size.slice(1)];
  // A mask of zeros leaves the payload as it is.
  return toHex([...head, ...(masked ? [0, 0, 0, 0] : []), ...bytes]);
}

export const text = (payload) => frame("text", payload);
export const binary = (payload) => frame("binary", payload);

/** A close frame; without a code, an empty one. */
export function close(code, reason = "") {
  if (code === undefined) return frame("close");
  return frame("close", [code >> 8, code & 0xff, ...new TextEncoder().encode(reason)]);
}

function sizeBytes(length) {
  if (length < 126) return [length];
  if (length < 0x10000) return [126, length >> 8, length & 0xff];
  return [127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
