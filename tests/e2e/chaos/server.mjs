import { once } from "node:events";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { Faults } from "../../../www/server/faults.mjs";
import { Link } from "../../../www/server/link.mjs";

/** To some connections it talks so much that no heartbeat is needed, to others so little that most are. */
const PERIODS_MS = [100, 400, 3000];

/**
 * A server that keeps account: which numbers it received from whom, in the order of arrival. It numbers what it sends,
 * from 1 on each connection, answers `ping`, and has the demo server's faults. Every page it serves runs `script`.
 */
export class ChaosServer {
  faults = new Faults();
  /** client → `{ connection, number }` of each message */
  received = new Map();
  port = 0;
  #connections = 0;
  #hushed = false;
  #http;
  #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 2 ** 24 });

  static async start(script) {
    const server = new ChaosServer(script);
    server.#http.listen(0, "127.0.0.1");
    await once(server.#http, "listening");
    server.port = server.#http.address().port;
    return server;
  }

  constructor(script) {
    this.#http = createServer((request, response) => {
      const known = { "/": ["text/html", "<script src=script.js></script>"] };
      known["/script.js"] = ["text/javascript; charset=utf-8", script];
      const [type, body] = known[request.url] ?? ["text/plain", ""];
      response.writeHead(body ? 200 : 404, { "Content-Type": type }).end(body);
    });
    this.#http.on("upgrade", (request, tcp, head) => this.#upgrade(request, tcp, head));
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** From now on it only answers. */
  hush() {
    this.#hushed = true;
  }

  stop() {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }

  #upgrade(request, tcp, head) {
    tcp.on("error", () => tcp.destroy());
    const client = new URL(request.url, this.origin).searchParams.get("client");
    const refusal = this.faults.refusalOf(client);
    if (refusal === "hang") return tcp.on("end", () => tcp.end()).resume();
    if (refusal) return tcp.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
    const link = new Link(tcp, () => this.faults.delayOf(client));
    this.#sockets.handleUpgrade(request, link, head, (ws) => this.#welcome(ws, client, link));
  }

  #welcome(ws, client, link) {
    const connection = ++this.#connections;
    this.faults.watch({ client, ws, link });
    if (!this.received.has(client)) this.received.set(client, []);
    const account = this.received.get(client);
    let sent = 0;
    const talk = () => this.#hushed || ws.send(`${connection} ${++sent}`);
    const timer = setInterval(talk, PERIODS_MS[connection % PERIODS_MS.length]);
    ws.on("error", () => {});
    ws.on("close", () => clearInterval(timer));
    ws.on("message", (data) => {
      if (data.length === 4 && data.toString() === "ping") return ws.send("pong");
      // A number, and padding after a space.
      account.push({ connection, number: Number.parseInt(data.subarray(0, 16).toString(), 10) });
    });
  }
}
