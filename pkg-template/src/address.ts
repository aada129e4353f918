/**
 * The URL that `new WebSocket(url)` would connect to: relative ones against the page, http as ws, https as wss
 * (WHATWG WebSockets §3.1, "get a URL record").
 *
 * @throws SyntaxError (a `DOMException`) if it is none.
 */
export function toWebSocketUrl(url: string): string {
  try {
    const parsed = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
    parsed.protocol = parsed.protocol.replace(/^http/, "ws");
    if (/^wss?:[^#]*$/.test(parsed.href)) return parsed.href;
  } catch {}
  // Errors end up in logs: what may be secret stays out of them.
  const shown = url
    .replace(/\?[^#]*/, "")
    .replace(/\/\/.*@/, "//")
    .replace(/#.*/s, "#…");
  const allowed = "ws, wss, http, https, without a fragment";
  throw new DOMException(`The URL is '${shown}'; allowed: ${allowed}.`, "SyntaxError");
}

/** The list that `new WebSocket` makes of its second argument (Web IDL, `(DOMString or sequence<DOMString>)`). */
export function toProtocols(protocols: unknown = []): string[] {
  const iterate = protocols === Object(protocols) && (protocols as Iterable<unknown>)[Symbol.iterator];
  if (iterate == null || iterate === false) return [`${protocols}`];
  const iterator = iterate.call(protocols);
  // Without `return`: Web IDL leaves an iterator where an item is no string.
  const next = iterator.next.bind(iterator);
  return Array.from({ [Symbol.iterator]: () => ({ next }) }, (protocol) => `${protocol}`);
}

/**
 * Checks subprotocols as `new WebSocket` does.
 *
 * @throws SyntaxError (a `DOMException`) if one is no token (RFC 7230 §3.2.6) or stands there twice.
 */
export function checkProtocols(protocols: string[]): void {
  for (const protocol of protocols) {
    if (
      !/^[!#$%&'*+\-.^_`|~\w]+$/.test(protocol) ||
      protocols.indexOf(protocol) < protocols.lastIndexOf(protocol)
    ) {
      throw new DOMException(`The subprotocol '${protocol}' is no token, or stands twice.`, "SyntaxError");
    }
  }
}
