import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformAsync } from "@babel/core";
import react from "@vitejs/plugin-react";
import reactCompiler from "babel-plugin-react-compiler";
import { build, createServer, preview } from "vite";

const root = fileURLToPath(new URL("../app", import.meta.url));
const page = fileURLToPath(new URL("../../../../docs/react.md", import.meta.url));
const packages = fileURLToPath(new URL("../node_modules", import.meta.url));

/** Another React than the newest, by the names that npm gave it here. */
export const REACT_18 = { react: "react18", "react-dom": "react-dom18" };
/** As docs/react.md has it for pages without WebAssembly. */
export const PLAIN_JAVASCRIPT = [{ find: /^steadysocket$/, replacement: "steadysocket/js" }];

/** Vite's development server, whose files the test can edit as if it were the developer. */
export async function develop(index) {
  // Vite leaves what it finds, here what a build has left: then nothing is replaced in the page.
  process.env.NODE_ENV = "development";
  const edits = new Map();
  const rendered = { html: "" };
  const server = await createServer({
    ...common([editing(edits), serving(rendered)]),
    // The package is another after each build, and its version is the same.
    cacheDir: join(packages, `.vite-${index}`),
    optimizeDeps: {
      force: true,
      // All: one that is found later would reload the page.
      include: [
        "react",
        "react-dom",
        "react-dom/client",
        "react/jsx-dev-runtime",
        "react-router",
        "react-router/dom",
        "steadysocket/react",
      ],
    },
    server: { host: "localhost", port: 0 },
  });
  await server.listen();
  return {
    origin: server.resolvedUrls.local[0].slice(0, -1),
    /** What is at `/rendered`: a page that a server has rendered. */
    async serve(markup) {
      const head = `<!doctype html><html lang="en"><title>React</title><link rel="icon" href="data:,">`;
      const body = `<div id="root">${markup}</div><script type="module" src="/hydrate.js"></script>`;
      rendered.html = await server.transformIndexHtml("/rendered", head + body);
    },
    /** Changes a file of the app, as it is served; the file itself stays. */
    edit(name, change) {
      const file = join(root, name);
      edits.set(file, change);
      server.watcher.emit("change", file);
    },
    restore() {
      edits.clear();
      server.moduleGraph.invalidateAll();
    },
    close: () => server.close(),
  };
}

/** The app as it is built for production, with other packages in the place of some, and plugins. */
export async function produce({ alias = {}, plugins = [] } = {}) {
  process.env.NODE_ENV = "production";
  const outDir = await mkdtemp(join(tmpdir(), "steadysocket-react-"));
  const config = { ...common(plugins), resolve: { alias }, build: { outDir, target: "es2022" } };
  await build(config);
  const server = await preview({ ...config, preview: { host: "localhost", port: 0 } });
  return {
    origin: server.resolvedUrls.local[0].slice(0, -1),
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

function common(plugins) {
  return { root, configFile: false, logLevel: "error", plugins: [react(), quickStart(), ...plugins] };
}

/** Puts the chat of docs/react.md in its place, at the test's server. */
function quickStart() {
  return {
    name: "quick-start",
    enforce: "pre",
    async transform(_code, id) {
      if (id.split("?")[0] !== join(root, "chat-of-the-page.tsx")) return null;
      const [, code] = (await readFile(page, "utf8")).match(/```tsx\n([\s\S]*?)```/);
      return `import { at } from "./parameters.js"; ${code.replace(/`wss:[^`]*`/, "at(room)")}`;
    },
  };
}

/** React Compiler, as a plugin. */
export function compiling() {
  return {
    name: "compiling",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/compiled.jsx")) return null;
      return transformAsync(code, {
        filename: id,
        configFile: false,
        parserOpts: { plugins: ["jsx"] },
        plugins: [reactCompiler],
        sourceMaps: true,
      });
    },
  };
}

function editing(edits) {
  return {
    name: "editing",
    enforce: "pre",
    transform: (code, id) => edits.get(id.split("?")[0])?.(code),
  };
}

function serving(rendered) {
  return {
    name: "serving",
    configureServer({ middlewares }) {
      middlewares.use("/rendered", (_request, response) => {
        response.setHeader("content-type", "text/html; charset=utf-8");
        response.end(rendered.html);
      });
    },
  };
}
