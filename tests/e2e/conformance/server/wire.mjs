import { createHash } from "node:crypto";
import { parse } from "./parse.mjs";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const CONTINUATION = 0;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const ACCEPTED = [
  "HTTP/1.1 101 Switching Protocols",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Accept: {accept}",
].join("\n");
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const BYTES = Uint8Array.from({ length: 251 }, (_, index) => index);
/** Text up to this many characters is told as it is. */
const SHORT = 300;

/**
 * A server's end on the bare TCP connection (RFC 6455): it says what it is told to, also what the RFC forbids, and writes down
 * what it hears. By itself it answers the handshake, and a close frame by the same one and the end of the connection. Parameters:
 *
 * - `hold`: `handshake` or `close`, whichever is not to be answered.
 * - `head`, `header`, `with`: see `answer`.
 */
export class Wire {
  heard = { headers: {}, url: "", messages: [], pings: 0, pongs: [], close: null, closed: false };
  #tcp;
  #changed;
  #key;
  #holds;
  #saidClose = false;
  #pending = [];
  #size = 0;
  #needed = 2;
  #fragments = [];

  constructor(request, tcp, _head, changed) {
    const { searchParams } = new URL(request.url, "http://127.0.0.1");
    this.#tcp = tcp;
    this.#changed = changed;
    this.#key = request.headers["sec-websocket-key"];
    this.#holds = searchParams.get("hold");
    this.heard.headers = request.headers;
    this.heard.url = request.url;
    tcp.on("error", () => {});
    tcp.on("data", (chunk) => this.#take(chunk));
    tcp.on("end", () => tcp.end());
    tcp.on("close", () => {
      this.heard.closed = true;
      changed();
    });
    if (this.#holds === "handshake") return;
    this.answer({
      head: searchParams.get("head") ?? undefined,
      headers: searchParams.getAll("header"),
      with: searchParams.get("with") ?? "",
    });
  }

  // What a case can tell it, by these names. Bytes are hexadecimal digits:

  /**
   * Answers the handshake by `head`, the lines of an HTTP response, and `headers`; `{accept}` stands for what the key asks for.
   * In the same piece follow the bytes `with`. Any other answer than 101 ends the connection.
   */
  answer({ head = ACCEPTED, headers = [], with: bytes = "" }) {
    const accept = createHash("sha1")
      .update(this.#key + GUID)
      .digest("base64");
    const lines = [...head.replace("{accept}", accept).split("\n"), ...headers, "", ""];
    this.#tcp.write(Buffer.concat([Buffer.from(lines.join("\r\n")), Buffer.from(bytes, "hex")]));
    if (!head.startsWith("HTTP/1.1 101")) this.#tcp.end();
  }

  write({ bytes }) {
    this.#tcp.write(Buffer.from(bytes, "hex"));
  }

  /** Writes `bytes`, which end in a close frame: the one that answers it ends the connection. */
  close({ bytes }) {
    this.#saidClose = true;
    this.write({ bytes });
  }

  /** A message of `size` bytes in one frame, which is `text` or not. */
  flood({ size, type }) {
    const payload = Buffer.alloc(size, type === "text" ? LETTERS : BYTES);
    const head = Buffer.alloc(10);
    head[0] = 0x80 | (type === "text" ? 1 : 2);
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(size), 2);
    this.#tcp.write(head);
    this.#tcp.write(payload);
  }

  /** Ends the connection by a FIN, without a close frame; before it come `bytes`. */
  fin({ bytes = "" }) {
    this.#tcp.end(Buffer.from(bytes, "hex"));
  }

  /** Breaks the connection by an RST. */
  reset() {
    this.#tcp.resetAndDestroy();
  }

  /** Stops to read what comes, so that it fills the buffers on the way. */
  pause() {
    this.#tcp.pause();
  }

  resume() {
    this.#tcp.resume();
  }

  /** Firefox keeps a connection whose handshake nobody wants any more, and makes no more than six. */
  over() {
    if (this.#holds) this.end();
  }

  end() {
    this.#tcp.destroy();
  }

  #take(chunk) {
    this.#pending.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return;
    let buffer = Buffer.concat(this.#pending);
    for (;;) {
      const frame = parse(buffer);
      if (typeof frame === "number") {
        this.#needed = frame;
        break;
      }
      buffer = buffer.subarray(frame.length);
      this.#hear(frame);
    }
    this.#pending = [buffer];
    this.#size = buffer.length;
    this.#changed();
  }

  #hear({ final, opcode, payload }) {
    if (opcode === CLOSE) this.#hearClose(payload);
    else if (opcode === PING) this.heard.pings++;
    else if (opcode === PONG) this.heard.pongs.push(payload.toString("hex"));
    else {
      this.#fragments.push({ opcode, payload });
      if (final) this.heard.messages.push(toMessage(this.#fragments.splice(0)));
    }
  }

  #hearClose(payload) {
    const code = payload.length >= 2 ? payload.readUInt16BE(0) : null;
    this.heard.close ??= { code, reason: payload.toString("utf8", 2) };
    if (this.#saidClose) this.#tcp.end();
    else if (this.#holds !== "close")
      this.#tcp.end(Buffer.concat([Buffer.from([0x88, payload.length]), payload]));
  }
}

function toMessage([first, ...others]) {
  const payload = Buffer.concat([first, ...others].map((fragment) => fragment.payload));
  const type = { [CONTINUATION]: "continuation", [TEXT]: "text" }[first.opcode] ?? "binary";
  if (type === "text" && payload.length <= SHORT) return { type, text: payload.toString("utf8") };
  const digest = createHash("sha256").update(payload).digest("hex").slice(0, 16);
  return { type, size: payload.length, digest };
}
