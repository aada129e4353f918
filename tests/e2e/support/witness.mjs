import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { fileFor } from "../../../www/server/files.mjs";
import { Link } from "../../../www/server/link.mjs";
import { Changes } from "./changes.mjs";

const PATIENCE_MS = 30_000;
const HEAD = `<!doctype html><title>page life</title><link rel="icon" href="data:,"><script type="module" src="/diary.js"></script>`;
const PAGES = {
  "/page": `${HEAD}<p><a href="/page?next">on</a> <button>a button</button></p>`,
  "/blank": HEAD,
};
const HTML = { "content-type": "text/html; charset=utf-8" };
const SCRIPT = { "content-type": "text/javascript; charset=utf-8" };

/**
 * A server in the test's own process, which writes down what it sees of each socket and when: it opened, a message came, it closed.
 * `/echo` answers `ping` with `pong` and other messages with themselves; `/never` does not answer the handshake.
 */
export class Witness {
  port = 0;
  /** `{ at, event, socket, … }`, the oldest first. `event` is `open`, `message` (with `data`), `close` (with `code` and `reason`), or `request`. */
  seen = [];
  /** How long what is sent waits, in ms. */
  delay = 0;
  #headers;
  #http;
  #links = new Set();
  #sockets = 0;
  #changes = new Changes(PATIENCE_MS);

  /** `headers` are those of the page. */
  static async start(headers = {}) {
    const witness = new Witness();
    witness.#headers = headers;
    await witness.restart();
    return witness;
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  get page() {
    return `${this.origin}/page`;
  }

  /** A page with nothing to see. */
  get blank() {
    return `${this.origin}/blank`;
  }

  /** On the port it had. */
  async restart() {
    this.#http = createServer((request, response) => this.#serve(request, response));
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
    this.#http.listen(this.port, "127.0.0.1");
    await once(this.#http, "listening");
    this.port = this.#http.address().port;
  }

  /** All connections are gone, without a word, and no other is taken. */
  async kill() {
    if (!this.#http.listening) return;
    const closed = once(this.#http, "close");
    this.#http.close();
    this.#http.closeAllConnections();
    for (const link of this.#links) link.destroy();
    await closed;
  }

  /** The open sockets stay open and answer nothing any more, not even a close frame. The next ones are healthy. */
  silence() {
    for (const link of this.#links) link.silence();
  }

  /** The open sockets are not read from for `ms`. */
  stall(ms) {
    for (const link of this.#links) link.stall(ms);
  }

  /** What it saw of one kind. */
  of(event) {
    return this.seen.filter((entry) => entry.event === event);
  }

  /** Resolves once it has seen `count` events of a kind; rejects when it does not in time. */
  until(event, count = 1) {
    return this.#changes.until(
      () => this.of(event)[count - 1],
      () => `${count} times "${event}"; seen: ${JSON.stringify(this.seen)}`,
    );
  }

  #note(event, socket, details = {}) {
    this.seen.push({ at: Date.now(), event, socket, ...details });
    this.#changes.tell();
  }

  #upgrade(request, tcp, head) {
    const link = new Link(tcp, () => this.delay);
    this.#links.add(link);
    link.on("error", () => {}).once("close", () => this.#links.delete(link));
    if (request.url.startsWith("/never")) return link.resume();
    const socket = ++this.#sockets;
    new WebSocketServer({ noServer: true }).handleUpgrade(request, link, head, (ws) => {
      this.#note("open", socket, { query: request.url.split("?")[1] ?? "" });
      ws.on("error", () => {});
      ws.on("message", (data, isBinary) => {
        this.#note("message", socket, { data: isBinary ? data.length : String(data) });
        ws.send(String(data) === "ping" ? "pong" : data, { binary: isBinary });
      });
      ws.on("close", (code, reason) => this.#note("close", socket, { code, reason: String(reason) }));
    });
  }

  async #serve(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    if (["/nothing", "/download"].includes(pathname)) this.#note("request", 0, { pathname });
    if (pathname in PAGES) response.writeHead(200, { ...HTML, ...this.#headers }).end(PAGES[pathname]);
    else if (pathname === "/nothing") response.writeHead(204).end();
    else if (pathname === "/download") {
      response
        .writeHead(200, { "content-disposition": "attachment; filename=steadysocket-download.txt" })
        .end("x");
    } else if (["/diary.js", "/in-page.js"].includes(pathname)) {
      response.writeHead(200, SCRIPT).end(await readFile(new URL(`.${pathname}`, import.meta.url)));
    } else {
      const { status, type, body } = await fileFor(pathname);
      response.writeHead(status, { "content-type": type }).end(body);
    }
  }
}
