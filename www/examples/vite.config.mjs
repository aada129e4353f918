import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const PAGES = ["chat/plain", "chat/react", "chat/vue", "chat/svelte", "prices", "comments"];
const ENDPOINTS = ["/chat", "/ticker", "/comments"];
/** The lab, which serves what is built, and to which `npm run dev` passes on the sockets. */
const LAB = "ws://localhost:8080";

export default defineConfig({
  base: "/examples/",
  plugins: [react(), vue(), svelte(), frame()],
  build: {
    outDir: "../../build/examples",
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: { input: PAGES.map((page) => `${page}/index.html`) },
  },
  server: { proxy: Object.fromEntries(ENDPOINTS.map((path) => [path, { target: LAB, ws: true }])) },
});

/** Puts each page in the lab's frame, so that its own files have what is its own alone. */
function frame() {
  return {
    name: "frame",
    transformIndexHtml: {
      order: "pre",
      handler(html, { path }) {
        const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
        const [, title] = /<title>(.*)<\/title>/.exec(html);
        const page = path.replace(/index\.html$/, "");
        const masthead = read("frame/masthead.html")
          .replace("{title}", title)
          .replace(`href="/examples${page}"`, '$& aria-current="page"');
        return html
          .replace("</title>", " · steadysocket</title>")
          .replace("</head>", `${read("frame/head.html")}$&`)
          .replace(/<body>/, `$&${masthead}`);
      },
    },
  };
}
