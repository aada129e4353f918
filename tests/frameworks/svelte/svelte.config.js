import adapter from "@sveltejs/adapter-node";

const folder = process.env.OUTPUT ?? ".work/kit";

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ out: `${folder}/server`, precompress: false }),
    outDir: `${folder}/kit`,
    typescript: { config: () => {} },
  },
};
