import { withNode } from "../support/nodes.mjs";
import { of } from "./versions.mjs";

/** Frameworks that render on the server: the package is imported there too, and a page that hydrates connects. */
export const frameworks = [
  next("App Router with `steadysocket/react`, built by Turbopack", "next build"),
  next("the same, built by webpack", "next build --webpack"),
  {
    tool: "Nuxt",
    done: "with `steadysocket/vue`, built and rendered on the server",
    version: of("nuxt"),
    project: "nuxt",
    files: ["echo", "nuxt"],
    env: () => withNode("24"),
    async check(trial) {
      // That its own plugins took long.
      await trial.project.run("nuxt build", { mayWarn: /PLUGIN_TIMINGS/ });
      const origin = await trial.project.serve("node .output/server/index.mjs");
      await rendered(trial, origin);
      await trial.page(origin, { path: "/hook" });
    },
  },
  {
    tool: "SvelteKit",
    done: "built and rendered on the server",
    version: of("@sveltejs/kit"),
    project: "sveltekit",
    files: ["echo", "sveltekit"],
    env: () => withNode("24"),
    async check(trial) {
      await trial.project.run("vite build");
      await rendered(trial, await trial.project.serve("node build"));
    },
  },
];

function next(done, build) {
  return {
    tool: "Next.js",
    done,
    version: of("next"),
    project: "next",
    files: ["echo", "next"],
    async check(trial) {
      await trial.project.run(build);
      const origin = await trial.project.serve("next start --hostname 127.0.0.1");
      await rendered(trial, origin);
      await trial.page(origin, { path: "/hook" });
    },
  };
}

/** The server writes the class's name, which it imported; the page echoes. */
async function rendered(trial, origin) {
  const html = await (await fetch(origin)).text();
  if (!html.includes("SteadySocket</p>")) throw new Error(`the server did not render the page: ${html}`);
  await trial.page(origin);
}
