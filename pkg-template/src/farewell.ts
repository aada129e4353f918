import { byteLength } from "./payload.js";

/**
 * What `WebSocket.close` makes of its code (Web IDL §3.3.6, `[Clamp] unsigned short`: halves go to the even neighbour).
 *
 * @throws InvalidAccessError (a `DOMException`) if it is not allowed.
 */
export function toCloseCode(code: number): number {
  const clamped = Math.min(Math.max(Number(code) || 0, 0), 0xffff);
  const rounded = Math.round(clamped);
  const even = rounded - clamped === 0.5 && rounded % 2 ? rounded - 1 : rounded;
  if (even !== 1000 && !(even >= 3000 && even <= 4999)) {
    throw new DOMException(`The code is ${code}; allowed: 1000, or 3000 to 4999.`, "InvalidAccessError");
  }
  return even;
}

/**
 * Checks a close reason.
 *
 * @throws SyntaxError (a `DOMException`) if it is too long for a close frame (RFC 6455 §5.5).
 */
export function checkReason(reason: string): void {
  const bytes = byteLength(reason);
  if (bytes > 123) {
    throw new DOMException(`The reason has ${bytes} bytes; allowed: up to 123.`, "SyntaxError");
  }
}
