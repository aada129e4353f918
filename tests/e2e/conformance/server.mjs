import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { fileFor } from "../../../www/server/files.mjs";
import { Run } from "./server/run.mjs";

const PAGE = `<!doctype html><title>conformance</title><link rel="icon" href="data:,"><script type="module" src="/suite/page.js"></script>`;
const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
/**
 * Browsers make one handshake at a time to an address (Firefox whichever the port), and wait longer after each that failed: every
 * run has another address and port than those beside it.
 */
const PORTS = 48;
/** Shared memory is there for pages that keep others out. */
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * The suite's server. Over HTTP it has the page (`/page`), the suite's own files (`/suite/…`) and the built package (`/pkg/…`),
 * all with the content security policy that a parameter `policy` asks for; and what a case has to say to it (`/tell/ID`)
 * or to ask it (`/heard/ID`), and that it is over (`/over/ID`). Handshakes are for server/connection.mjs.
 */
export class SuiteServer {
  /** Where handshakes are taken too: each on an address of its own as well, 127.0.0.2 and following. */
  ports = [];
  #servers = [];
  #runs = new Map();

  static async start() {
    const server = new SuiteServer();
    await server.#listen();
    for (let count = 0; count < PORTS; count++) {
      const port = await server.#listen();
      await server.#listen(port, `127.0.0.${count + 2}`);
      server.ports.push(port);
    }
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#portOf(this.#servers[0])}`;
  }

  async stop() {
    for (const run of this.#runs.values()) run.end();
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #listen(port = 0, address = "127.0.0.1") {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch((error) => {
        response.writeHead(500, { "content-type": "text/plain" }).end(error.stack);
      });
    });
    server.on("upgrade", (request, tcp, head) => this.#runOf(request.url).take(request, tcp, head));
    server.listen(port, address);
    await once(server, "listening");
    this.#servers.push(server);
    return this.#portOf(server);
  }

  #portOf(server) {
    return server.address().port;
  }

  async #serve(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.origin);
    const policy = searchParams.get("policy");
    const send = (type, body, status = 200) =>
      response
        .writeHead(status, {
          ...ISOLATED,
          "content-type": type,
          ...(policy && { "content-security-policy": policy }),
        })
        .end(body);
    if (pathname === "/page") send(HTML, PAGE);
    else if (pathname.startsWith("/tell/")) {
      const { command, parameters } = await json(request);
      send("application/json", JSON.stringify(await this.#runOf(pathname).tell(command, parameters)));
    } else if (pathname.startsWith("/heard/")) {
      send("application/json", JSON.stringify(await this.#runOf(pathname).heard(searchParams)));
    } else if (pathname.startsWith("/over/")) {
      this.#runOf(pathname).over();
      send("application/json", "null");
    } else if (pathname.startsWith("/suite/")) {
      send(SCRIPT, await readFile(new URL(`./${pathname.slice("/suite/".length)}`, import.meta.url)));
    } else {
      const { status, type, body } = await fileFor(pathname);
      send(type, body, status);
    }
  }

  /** The run that a URL speaks of. Handshakes of nobody's count as one. */
  #runOf(url) {
    const id = /run-\w+/.exec(url)?.[0] ?? "";
    if (!this.#runs.has(id)) this.#runs.set(id, new Run());
    return this.#runs.get(id);
  }
}
