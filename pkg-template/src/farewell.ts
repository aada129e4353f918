import { byteLength } from "./payload.js";

/** What Web IDL makes of a close code (§3.3.6, `[Clamp] unsigned short`: halves go to the even neighbour). */
export function toCloseCode(code: number): number {
  const clamped = Math.min(Math.max(+code || 0, 0), 0xffff);
  const rounded = Math.round(clamped);
  return rounded - clamped === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

/**
 * Checks a close code.
 *
 * @throws InvalidAccessError (a `DOMException`) if it is not allowed.
 */
export function checkCloseCode(code: number): void {
  if (code !== 1000 && !(code >= 3000 && code <= 4999)) {
    throw new DOMException(`The code is ${code}; allowed: 1000, or 3000 to 4999.`, "InvalidAccessError");
  }
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
