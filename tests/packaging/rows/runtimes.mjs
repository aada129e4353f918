import { isOurs, MAJORS, withNode } from "../support/nodes.mjs";
import { of } from "./versions.mjs";

/** Where there is no page. */
export const runtimes = [
  ...MAJORS.map((major) => ({
    tool: "Node.js",
    done: `${major === "20" ? "" : "its own `WebSocket`; "}\`ws\` as an option, \`import\` and \`require\``,
    version: async (project) => (await project.run("node --version")).trim().slice(1),
    project: "node",
    files: ["echo", "program", "node"],
    short: isOurs(major),
    env: () => withNode(major),
    async check(trial) {
      if (major !== "20") await trial.program("node main.js");
      await trial.program("node with-ws.js");
      await trial.program("node with-ws.cjs");
    },
  })),
  {
    tool: "Deno",
    done: "its own `WebSocket`",
    version: of("deno"),
    project: "deno",
    files: ["echo", "program"],
    async check(trial) {
      await trial.program("deno run --allow-net main.js");
    },
  },
  {
    tool: "Bun",
    done: "its own `WebSocket`",
    version: of("bun"),
    project: "bun",
    files: ["echo", "program"],
    async check(trial) {
      await trial.program("bun run main.js");
    },
  },
  {
    tool: "workerd (Cloudflare)",
    done: "`steadysocket/slim`, esbuild, Miniflare",
    version: of("workerd"),
    project: "workerd",
    files: ["echo", "workerd"],
    env: () => withNode("24"),
    async check(trial) {
      await trial.project.run(
        "esbuild src/worker.js --bundle --format=esm --loader:.wasm=copy --outfile=dist/worker.js",
      );
      const origin = await trial.project.serve("node serve.js");
      const response = await fetch(`${origin}/?echo=${encodeURIComponent(trial.echo)}`);
      trial.answered(await response.text());
    },
  },
];
