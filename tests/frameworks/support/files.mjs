import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Answers requests for files of a folder, and others as `otherwise` does. */
export function filesOf(folder, otherwise) {
  return async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const type = TYPES[extname(pathname)];
    if (!type) return otherwise(request, response);
    response.setHeader("content-type", type);
    response.end(await readFile(join(folder, pathname)));
  };
}
