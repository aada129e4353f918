import { fileURLToPath } from "node:url";

/** The cases of this folder, compiled and run by the Svelte of another, whose plugin it is. */
export function configOf(folder, plugin) {
  return {
    plugins: [plugin, noOther(folder)],
    resolve: {
      alias: { $lib: fileURLToPath(new URL("src/lib", import.meta.url)) },
      dedupe: ["svelte", "steadysocket"],
    },
    build: { outDir: process.env.OUTPUT, emptyOutDir: false },
  };
}

/** No other Svelte takes part. */
function noOther(folder) {
  const own = fileURLToPath(new URL("node_modules/", folder));
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
