import { Miniflare } from "miniflare";

const worker = new Miniflare({
  modules: true,
  modulesRoot: "dist",
  scriptPath: "dist/worker.js",
  modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
  compatibilityDate: "2026-01-01",
  // It would ask Cloudflare where it is.
  cf: false,
  port: 0,
});
console.log(String(await worker.ready));
