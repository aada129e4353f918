import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Tests of another build of the package say where it is. */
const PACKAGE = process.env.STEADYSOCKET_PKG ?? at("../../pkg");
const MOUNTS = [
  { prefix: "/pkg/", root: PACKAGE, hint: "The package is not built yet: run `make pack`." },
  { prefix: "/examples/", root: at("../../build/examples"), hint: "The examples are built by `make demo`." },
  { prefix: "/vendor/uplot/", root: at("../../node_modules/uplot/dist"), hint: "Run `npm ci`." },
  { prefix: "/", root: at("../public"), hint: "" },
];

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** The file behind a URL path as `{ status, type, body }`. */
export async function fileFor(pathname) {
  const { prefix, root, hint } = MOUNTS.find((mount) => pathname.startsWith(mount.prefix));
  const missing = { status: 404, type: TYPES[".ts"], body: `Nothing at ${pathname}. ${hint}\n` };
  const path = within(root, pathname.slice(prefix.length).replace(/(?<=^|\/)$/, "index.html"));
  if (!path) return missing;
  try {
    const body = await readFile(path);
    return { status: 200, type: TYPES[extname(path)] ?? "application/octet-stream", body };
  } catch {
    return missing;
  }
}

/** Undefined for whatever would lead out of `root`. */
function within(root, encoded) {
  try {
    const path = resolve(root, decodeURIComponent(encoded));
    return path.startsWith(root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}

function at(relative) {
  return fileURLToPath(new URL(relative, import.meta.url));
}
