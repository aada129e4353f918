import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { build, createServer, preview } from "vite";

const root = fileURLToPath(new URL("../app", import.meta.url));
const packages = fileURLToPath(new URL("../node_modules", import.meta.url));

/** The oldest that the adapter works with, by the names that npm gave them here. No bundler takes Vue Router before 4.0.3. */
export const OLDEST = {
  alias: { vue: "vue33", "vue-router": "vue-router4" },
  compiler: createRequire(import.meta.url)("vue33/compiler-sfc"),
};

/** Vite's development server, whose files the test can edit as if it were the developer. */
export async function develop(index) {
  // Vite leaves what it finds, here what a build has left: then nothing is replaced in the page.
  process.env.NODE_ENV = "development";
  const edits = new Map();
  const rendered = { html: "" };
  const server = await createServer({
    ...common({}),
    plugins: [editing(edits), vue(), serving(rendered)],
    // The package is another after each build, and its version is the same.
    cacheDir: join(packages, `.vite-${index}`),
    optimizeDeps: {
      force: true,
      // All of them, so that none is discovered later, which reloads the page.
      include: ["vue", "vue-router", "pinia", "steadysocket", "steadysocket/vue", "steadysocket/vue-router"],
      noDiscovery: true,
    },
    server: { host: "localhost", port: 0 },
  });
  await server.listen();
  return {
    origin: server.resolvedUrls.local[0].slice(0, -1),
    /** What is at `/rendered`: a page that a server has rendered. */
    async serve(markup, script) {
      const head = `<!doctype html><html lang="en"><title>Vue</title><link rel="icon" href="data:,">`;
      const body = `<div id="app">${markup}</div><script type="module" src="${script}"></script>`;
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

/** The app as it is built for production, with other packages in the place of some. */
export async function produce({ alias, compiler } = {}) {
  process.env.NODE_ENV = "production";
  const outDir = await mkdtemp(join(tmpdir(), "steadysocket-vue-"));
  const config = { ...common({ alias, compiler }), build: { outDir, target: "es2022" } };
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

function common({ alias = {}, compiler }) {
  return { root, configFile: false, logLevel: "error", plugins: [vue({ compiler })], resolve: { alias } };
}

function editing(edits) {
  const change = (file, code) => edits.get(file)?.(code);
  return {
    name: "editing",
    enforce: "pre",
    transform: (code, id) => (id.includes("?") ? undefined : change(id, code)),
    handleHotUpdate(context) {
      // What the other plugins are told to be in the file.
      const { file, read } = context;
      context.read = async () => change(file, await read()) ?? (await read());
    },
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
