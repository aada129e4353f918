import { readFileSync } from "node:fs";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [documented(), sveltekit()],
  clearScreen: false,
  // A copy of this folder, to be edited by tests, has its packages here.
  server: { fs: { strict: false } },
});

/** The components in docs/svelte.md: `virtual:docs/0.svelte` is the first. */
function documented() {
  const name = /virtual:docs\/(\d+)\.svelte$/;
  return {
    name: "documented",
    resolveId: (id) => (name.test(id) ? id : undefined),
    load(id) {
      const index = id.match(name)?.[1];
      if (!index) return undefined;
      const page = readFileSync(new URL("../../../docs/svelte.md", import.meta.url), "utf8");
      return [...page.matchAll(/```svelte\n([\s\S]*?)```/g)][index][1];
    },
  };
}
