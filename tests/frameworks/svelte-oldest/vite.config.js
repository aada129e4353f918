import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/** The cases of the newest Svelte's folder, compiled and run by the oldest that the adapter works with. */
export default defineConfig({
  plugins: [svelte(), noOther()],
  resolve: {
    alias: { $lib: fileURLToPath(new URL("../svelte/src/lib", import.meta.url)) },
    dedupe: ["svelte", "steadysocket"],
  },
  build: { outDir: process.env.OUTPUT, emptyOutDir: false },
});

/** No other Svelte takes part. */
function noOther() {
  const own = fileURLToPath(new URL("node_modules/", import.meta.url));
  return {
    name: "no-other",
    generateBundle() {
      const modules = [...this.getModuleIds()].filter((id) =>
        /node_modules\/(svelte|steadysocket)\//.test(id),
      );
      const other = modules.find((id) => !id.replace("\0", "").startsWith(own));
      if (other || !modules.length) throw new Error(`not of this folder: ${other}`);
    },
  };
}
