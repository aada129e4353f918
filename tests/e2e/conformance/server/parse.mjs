/** The first frame in `buffer` (RFC 6455 §5.2), unmasked; or how many bytes it takes to tell more. */
export function parse(buffer) {
  if (buffer.length < 2) return 2;
  const [length, start] = payloadAt(buffer);
  if (start + length > buffer.length) return start + length;
  const payload = Buffer.from(buffer.subarray(start, start + length));
  if (isMasked(buffer)) {
    const mask = buffer.subarray(start - 4, start);
    for (let at = 0; at < length; at++) payload[at] ^= mask[at & 3];
  }
  return { final: Boolean(buffer[0] & 0x80), opcode: buffer[0] & 0x0f, payload, length: start + length };
}

/** The payload's length and where it starts: behind what tells the length, and the mask. */
function payloadAt(buffer) {
  const mask = isMasked(buffer) ? 4 : 0;
  const short = buffer[1] & 0x7f;
  if (short < 126) return [short, 2 + mask];
  const start = (short === 126 ? 4 : 10) + mask;
  if (buffer.length < start) return [0, start];
  return [short === 126 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2)), start];
}

const isMasked = (buffer) => Boolean(buffer[1] & 0x80);
