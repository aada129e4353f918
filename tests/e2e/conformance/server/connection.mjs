import { createHash } from "node:crypto";
import { WebSocketServer } from "ws";
import { frame } from "./frame.mjs";

const LARGEST = 256 * 1024 * 1024;

/**
 * One connection, from its handshake on. The URL's last folder `echo` gives back every message; others take them. Parameters:
 *
 * - `hold`: the handshake is answered only when told to (`accept`, `refuse`, `raw`).
 * - `status` (and `location`): the handshake is refused with it.
 * - `protocol`: this header's value, whatever was asked for; more than one make more than one header; an empty one means none. Without it the first that was asked for.
 * - `extension`: a header's value likewise. `deflate`: permessage-deflate is taken if offered.
 * - `accept`, `upgrade`, `connection`: that header's value instead of the right one; empty: without it.
 * - `greet`: a text sent with the handshake, in one piece. `farewell`: a close code likewise, after the text.
 * - `deaf`: reads nothing until told to `resume`.
 */
export class Connection {
  /** `messages` are `{ type, size, digest }`, and small texts have `text`; `close` is `{ code, reason }` as received. */
  heard = { headers: {}, url: "", messages: [], closed: false, close: null };
  #request;
  #tcp;
  #head;
  #parameters;
  #changed;
  #ws;

  constructor(request, tcp, head, changed) {
    const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
    this.#request = request;
    this.#tcp = tcp;
    this.#head = head;
    this.#parameters = searchParams;
    this.#changed = changed;
    this.heard.headers = request.headers;
    this.heard.url = request.url;
    this.echoes = pathname.endsWith("/echo");
    tcp.on("error", () => {});
    tcp.on("close", () => this.#over());
    const status = searchParams.get("status");
    if (searchParams.has("hold")) tcp.resume();
    else if (status) this.refuse({ status, headers: { location: searchParams.get("location") } });
    else this.accept();
  }

  // What a case can tell it, by these names:

  accept() {
    const wss = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: LARGEST,
      perMessageDeflate: this.#parameters.has("deflate"),
      handleProtocols: (offered) => !this.#parameters.has("protocol") && offered.values().next().value,
    });
    wss.on("headers", (headers) => this.#alter(headers));
    this.#tcp.cork();
    wss.handleUpgrade(this.#request, this.#tcp, this.#head, (ws) => this.#open(ws));
    this.#tcp.uncork();
    if (this.#parameters.has("deaf")) this.#tcp.pause();
  }

  refuse({ status = 403, headers = {} }) {
    const lines = Object.entries(headers)
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}: ${value}`);
    const head = [`HTTP/1.1 ${status} No`, "content-length: 0", "connection: close", ...lines];
    this.#tcp.end(`${head.join("\r\n")}\r\n\r\n`);
  }

  /** Without a code the close frame has none. */
  close({ code, reason }) {
    this.#ws.close(code, reason);
  }

  /** `how` is `end` (FIN) or `reset` (RST). Without a close frame. */
  drop({ how = "end" }) {
    if (how === "reset") this.#tcp.resetAndDestroy();
    else this.#tcp.destroy();
  }

  /** A `text`, or `bytes`, or so many bytes as `size` says of `kind` `text` or `binary`; `count` times. */
  send({ text, bytes, size, kind = "binary", count = 1 }) {
    const data = text ?? (bytes ? Buffer.from(bytes) : filler(size));
    for (let sent = 0; sent < count; sent++)
      this.#ws.send(data, { binary: text === undefined && kind !== "text" });
  }

  /** Several, in one piece if they are small: each as `send` has it, or as `frame` has it, or `{ close: code }`. */
  burst({ messages }) {
    this.#tcp.cork();
    for (const message of messages) {
      if ("close" in message) this.#ws.close(message.close, message.reason);
      else if ("opcode" in message) this.frame(message);
      else this.send(message);
    }
    this.#tcp.uncork();
  }

  /** Any frame at all, however wrong: see server/frame.mjs. */
  frame(fields) {
    this.#tcp.write(frame(fields));
  }

  /** Any text at all on the TCP connection. */
  raw({ text }) {
    this.#tcp.write(text.replaceAll("\n", "\r\n"));
  }

  pause() {
    this.#tcp.pause();
  }

  resume() {
    this.#tcp.resume();
  }

  end() {
    this.#tcp.destroy();
  }

  #open(ws) {
    this.#ws = ws;
    const { messages } = this.heard;
    ws.on("error", () => {});
    ws.on("message", (data, isBinary) => {
      messages.push(description(data, isBinary));
      if (this.echoes) ws.send(data, { binary: isBinary });
      this.#changed();
    });
    ws.on("close", (code, reason) => {
      this.heard.close = { code, reason: String(reason) };
      this.#over();
    });
    const greeting = this.#parameters.get("greet");
    if (greeting !== null) ws.send(greeting);
    if (this.#parameters.has("farewell")) ws.close(Number(this.#parameters.get("farewell")) || undefined);
  }

  /** Over is a WebSocket when `ws` said what its close was, and a refused handshake with its TCP connection. */
  #over() {
    if (this.#ws && !this.heard.close) return;
    this.heard.closed = true;
    this.#changed();
  }

  #alter(headers) {
    for (const [parameter, name] of Object.entries(ALTERED)) {
      if (!this.#parameters.has(parameter)) continue;
      remove(headers, name);
      const value = this.#parameters.get(parameter);
      if (value) headers.push(`${name}: ${value}`);
    }
    for (const [parameter, name] of Object.entries(ADDED)) {
      for (const value of this.#parameters.getAll(parameter)) if (value) headers.push(`${name}: ${value}`);
    }
  }
}

const ALTERED = { accept: "Sec-WebSocket-Accept", upgrade: "Upgrade", connection: "Connection" };
const ADDED = { protocol: "Sec-WebSocket-Protocol", extension: "Sec-WebSocket-Extensions" };

function remove(headers, name) {
  const index = headers.findIndex((line) => line.startsWith(`${name}:`));
  if (index >= 0) headers.splice(index, 1);
}

function description(data, isBinary) {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data);
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const type = isBinary ? "binary" : "text";
  return {
    type,
    size: bytes.length,
    digest,
    ...(!isBinary && bytes.length <= 1000 && { text: String(bytes) }),
    ...(isBinary && bytes.length <= 100 && { bytes: [...bytes] }),
  };
}

/** Letters, so that it is text as well. */
function filler(size) {
  return Buffer.alloc(size, "abcdefghijklmnopqrstuvwxyz");
}
