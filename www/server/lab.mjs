import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { createChat } from "./endpoints/chat.mjs";
import { createComments } from "./endpoints/comments.mjs";
import { echo } from "./endpoints/echo.mjs";
import { slow } from "./endpoints/slow.mjs";
import { createTicker } from "./endpoints/ticker.mjs";
import { FaultError, Faults } from "./faults.mjs";
import { fileFor } from "./files.mjs";
import { Journal } from "./journal.mjs";
import { Link } from "./link.mjs";

const MAX_BODY_BYTES = 16 * 1024;
const FAREWELL_MS = 300;

/** The demo server, not yet listening: `{ server, stop }`. Each call makes a world of its own. */
export function createLab() {
  const endpoints = new Map([
    ["/echo", echo],
    ["/chat", createChat()],
    ["/ticker", createTicker()],
    ["/comments", createComments()],
    ["/slow", slow],
  ]);
  const journal = new Journal();
  const faults = new Faults();
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has("echo") ? "echo" : [...offered][0]),
  });
  const hanging = new Set();
  let connections = 0;

  const server = createServer((request, response) => {
    answer(request).then(
      (result) => write(request, response, result),
      (error) => write(request, response, problem(500, error)),
    );
  });
  server.on("upgrade", upgrade);
  return { server, stop };

  async function answer(request) {
    const url = parseUrl(request);
    const route = `${request.method} ${url?.pathname}`;
    if (route === "GET /healthz") return { status: 200, type: "text/plain", body: "ok" };
    if (route === "GET /log") return json(200, journal.read(url.searchParams.get("client")));
    if (route === "POST /faults") return applyFault(request);
    if (url && ["GET", "HEAD"].includes(request.method)) return fileFor(url.pathname);
    return problem(url ? 405 : 400, new Error(`${request.method} ${request.url} is not served`));
  }

  async function applyFault(request) {
    try {
      return json(200, { affected: faults.apply(await readJson(request)) });
    } catch (error) {
      if (error instanceof FaultError) return problem(400, error);
      throw error;
    }
  }

  function upgrade(request, tcp, head) {
    tcp.on("error", () => tcp.destroy());
    const url = parseUrl(request);
    const endpoint = endpoints.get(url?.pathname);
    if (!endpoint) return refuse(tcp, "404 Not Found");

    const connection = ++connections;
    const client = url.searchParams.get("client") || `anonymous-${connection}`;
    const visit = { client, path: url.pathname, connection };
    journal.add(visit, "handshake");
    const refusal = faults.refusalOf(client);
    if (refusal) {
      journal.add(visit, "refused", { reason: refusal });
      return refusal === "hang" ? leaveHanging(tcp) : refuse(tcp, "503 Service Unavailable");
    }
    const link = new Link(tcp, () => faults.delayOf(client));
    sockets.handleUpgrade(request, link, head, (ws) => welcome(ws, endpoint, url.searchParams, visit, link));
  }

  function welcome(ws, endpoint, query, visit, link) {
    journal.add(visit, "open");
    faults.watch({ client: visit.client, ws, link });
    ws.on("error", () => {}); // A close always follows, and is what counts.
    ws.on("close", (code, reason) => journal.add(visit, "close", { code, reason: reason.toString() }));
    try {
      const receive = endpoint(ws, query);
      ws.on("message", (data, isBinary) => {
        if (isHeartbeat(data, isBinary)) ws.send("pong");
        else receive?.(data, isBinary);
      });
    } catch (error) {
      ws.close(1008, error.message);
    }
  }

  function leaveHanging(tcp) {
    hanging.add(tcp);
    tcp.on("close", () => hanging.delete(tcp));
    tcp.on("end", () => tcp.end());
    tcp.resume();
  }

  /** Says goodbye to every socket, waits for the answers a moment, and frees the port. */
  function stop() {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const tcp of hanging) tcp.destroy();
    for (const ws of sockets.clients) ws.close(1001, "server stops");
    server.closeAllConnections();
    setTimeout(() => {
      for (const ws of sockets.clients) ws.terminate();
    }, FAREWELL_MS).unref();
    return closed;
  }
}

/** The heartbeat belongs to the connection, so endpoints never see it. */
function isHeartbeat(data, isBinary) {
  return !isBinary && data.length === 4 && data.toString() === "ping";
}

function parseUrl(request) {
  return URL.canParse(request.url, "http://lab") ? new URL(request.url, "http://lab") : undefined;
}

async function readJson(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > MAX_BODY_BYTES) throw new FaultError("body", `${text.length} characters`, "16 KiB");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new FaultError("body", text.slice(0, 100), "a JSON object");
  }
}

function json(status, value) {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

function problem(status, error) {
  return json(status, { error: error.message });
}

function write(request, response, { status, type, body }) {
  // "no-cache" revalidates; "no-store" would keep the page out of the back/forward cache.
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function refuse(tcp, status) {
  tcp.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
