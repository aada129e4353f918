/**
 * A frame of RFC 6455 §5.2, right or wrong. `payload` is a text or a list of bytes; `rsv` are the three reserved bits as a number;
 * `code` puts a close code before the payload.
 */
export function frame({ opcode, payload = "", fin = true, rsv = 0, masked = false, code }) {
  const bytes = Buffer.from(payload);
  const body = code === undefined ? bytes : Buffer.concat([Buffer.from([code >> 8, code & 0xff]), bytes]);
  if (body.length > 125) throw new Error("only short frames are made by hand");
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode, (masked ? 0x80 : 0) | body.length];
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.from(masked ? [...head, 0, 0, 0, 0] : head), body]);
}
