import type { Protocols } from "./options.js";

/**
 * The URL that `new WebSocket(url)` would connect to: relative ones against the page, http as ws, https as wss
 * (WHATWG WebSockets §3.1, "get a URL record").
 *
 * @throws SyntaxError (a `DOMException`) if it is none.
 */
export function toWebSocketUrl(url: string | URL): string {
  let parsed: URL;
  try {
    parsed = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    // Errors end up in logs: what may be secret stays out of them.
    const shown = String(url)
      .replace(/[?#].*/s, "")
      .replace(/\/\/.*@/, "//");
    throw new DOMException(`The URL '${shown}' is invalid.`, "SyntaxError");
  }
  parsed.protocol = parsed.protocol.replace(/^http/, "ws");
  if (!/^wss?:$/.test(parsed.protocol)) {
    const allowed = "ws, wss, http, https";
    throw new DOMException(
      `The URL's scheme is '${parsed.protocol.slice(0, -1)}'; allowed: ${allowed}.`,
      "SyntaxError",
    );
  }
  if (parsed.href.includes("#")) {
    throw new DOMException("The URL has a fragment; none is allowed.", "SyntaxError");
  }
  return parsed.href;
}

/**
 * Checks subprotocols as `new WebSocket` does.
 *
 * @throws SyntaxError (a `DOMException`) if one is no token (RFC 7230 §3.2.6) or stands there twice.
 */
export function checkProtocols(protocols: Protocols | undefined): void {
  const list = protocols === undefined ? [] : [protocols].flat();
  for (const protocol of list) {
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(protocol) || list.indexOf(protocol) < list.lastIndexOf(protocol)) {
      throw new DOMException(`The subprotocol '${protocol}' is no token, or stands twice.`, "SyntaxError");
    }
  }
}
