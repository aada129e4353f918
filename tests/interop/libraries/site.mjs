import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL("./", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../../pkg/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/**
 * A site with the built package as plain modules below `/pkg/`, each library's `client.js` bundled at `/NAME.js`, and a page
 * at `/`; at `/hastened`, a page where SteadySocket's heartbeats and timeouts go faster.
 */
export class Site {
  #server = createServer((request, response) => this.#answer(request, response));

  static async start() {
    const site = new Site();
    site.#server.listen(0, "127.0.0.1");
    await once(site.#server, "listening");
    return site;
  }

  /** Without a slash at its end. */
  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #answer({ url }, response) {
    const content = await contentOf(new URL(url, "http://site").pathname).catch((error) => ({ error }));
    if (content.error) return response.writeHead(404).end(String(content.error));
    response.writeHead(200, { "content-type": content.type }).end(content.body);
  }
}

async function contentOf(path) {
  if (path === "/" || path === "/hastened") return { type: TYPES[".html"], body: page(path === "/hastened") };
  const type = TYPES[extname(path)];
  if (path.startsWith("/pkg/")) return { type, body: await readFile(join(PACKAGE, path.slice(5))) };
  if (path.startsWith("/page/")) return { type, body: await readFile(join(HERE, path)) };
  return { type, body: await bundled(path.slice(1, -3)) };
}

function page(isHastened) {
  const imports = {
    steadysocket: isHastened ? "/page/hastened.js" : "/pkg/dist/index.js",
    "steadysocket/websocket": "/pkg/dist/websocket.js",
  };
  return `<!doctype html>
<title>${isHastened ? "hastened" : "libraries"}</title>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/page/main.js"></script>
`;
}

async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, name, "client.js")],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["steadysocket", "steadysocket/websocket"],
    logLevel: "silent",
  });
  return outputFiles[0].text;
}
