import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

/** Builds what runs in the page and what renders it on a server. */
export default defineConfig({
  plugins: [solid({ ssr: true })],
  builder: {
    async buildApp(builder) {
      await builder.build(builder.environments.client);
      await builder.build(builder.environments.ssr);
    },
  },
  environments: {
    client: {
      build: {
        outDir: `${process.env.OUTPUT}/client`,
        rollupOptions: { input: "src/client.jsx", output: { entryFileNames: "client.js" } },
      },
    },
    ssr: { build: { outDir: `${process.env.OUTPUT}/server`, rollupOptions: { input: "src/server.jsx" } } },
  },
});
