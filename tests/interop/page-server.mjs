import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const ROOT = new URL("../../", import.meta.url);
/** What pages may have of the repository. */
const SERVED = /^\/(pkg|tests)\/[\w/.-]+\.(js|mjs)$/;
const BLANK = "<!doctype html><title>interoperability</title>";

/** Serves `/`, a page without anything on it, and the repository's scripts by their paths. */
export async function servePages() {
  const server = createServer(async ({ url }, response) => {
    const { status, type, body } = await answer(url);
    response.writeHead(status, { "content-type": type }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(url) {
  if (url === "/") return { status: 200, type: "text/html", body: BLANK };
  try {
    if (!SERVED.test(url) || url.includes("..")) throw new Error("not for pages");
    return { status: 200, type: "text/javascript", body: await readFile(new URL(`.${url}`, ROOT)) };
  } catch {
    return { status: 404, type: "text/plain", body: `nothing at ${url}` };
  }
}
