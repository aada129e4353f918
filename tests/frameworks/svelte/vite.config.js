import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [sveltekit()],
  clearScreen: false,
  // A copy of this folder, to be edited by tests, has its packages here.
  server: { fs: { strict: false } },
});
