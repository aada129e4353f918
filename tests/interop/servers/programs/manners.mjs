/**
 * What every server here does with a text, in its own language where that is another: `ping` is answered `pong`,
 * `close 4401 expired` closes with that code and reason, and all else comes back as it is.
 */
export function answer(text, { send, close }) {
  const [, code, reason] = /^close (\d+) ?(.*)$/.exec(text) ?? [];
  if (code) close(Number(code), reason);
  else send(text === "ping" ? "pong" : text);
}

/** Where to listen. */
export const HOST = "127.0.0.1";
export const PORT = Number(process.argv[2]);
