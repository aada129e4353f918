import { of } from "./versions.mjs";

/** Bundlers as they come, without a configuration. */
export const bundlers = [
  ...["7", "8"].flatMap((major) => vite(major)),
  build({
    tool: "Vite",
    version: of("vite"),
    project: "vite8",
    done: "build with a worker",
    files: ["echo", "worker", "html"],
    command: "vite build",
    served: "dist",
  }),
  ...["webpack", "webpack-5.90"].flatMap((project) =>
    pageAndWorker({
      tool: "webpack",
      version: of("webpack"),
      project,
      html: "webpack",
      command: "webpack --mode production",
    }),
  ),
  {
    tool: "Rollup",
    done: "module and IIFE, with @rollup/plugin-node-resolve",
    version: of("rollup"),
    project: "rollup",
    files: ["echo", "page", "rollup"],
    async check(trial) {
      const rollup = "rollup src/index.js --plugin node-resolve";
      await trial.project.run(`${rollup} --format es --file dist/module.js`);
      await trial.project.run(`${rollup} --format iife --file dist/classic.js`);
      await bothFormats(trial);
    },
  },
  {
    tool: "esbuild",
    done: "module and IIFE",
    version: of("esbuild"),
    project: "esbuild",
    files: ["echo", "page", "esbuild"],
    short: true,
    async check(trial) {
      const esbuild = "esbuild src/index.js --bundle --minify";
      await trial.project.run(`${esbuild} --format=esm --outfile=dist/module.js`);
      await trial.project.run(`${esbuild} --format=iife --outfile=dist/classic.js`);
      await bothFormats(trial);
    },
  },
  ...pageAndWorker({
    tool: "Rspack",
    version: of("@rspack/core"),
    project: "rspack",
    html: "rspack",
    command: "rspack build --mode production",
  }),
  ...pageAndWorker({
    tool: "Parcel",
    version: of("parcel"),
    project: "parcel",
    html: "html",
    command: "parcel build index.html",
    served: "dist",
  }),
];

function vite(major) {
  const row = {
    tool: "Vite",
    version: of("vite"),
    project: `vite${major}`,
    files: ["vite"],
    short: major === "8",
  };
  return [
    {
      ...row,
      done: "dev server, TypeScript",
      async check(trial) {
        await trial.page(await trial.project.serve("vite"));
      },
    },
    {
      ...row,
      done: "build after `tsc`",
      async check(trial) {
        await trial.project.run("tsc");
        await trial.project.run("vite build");
        await trial.page(await trial.project.serveFiles("dist"), { scripts: 1 });
      },
    },
  ];
}

function pageAndWorker({ html, ...row }) {
  const short = row.project === "webpack";
  return [
    build({ ...row, done: "build", files: ["echo", "page", html], scripts: 1, short }),
    build({ ...row, done: "build with a worker", files: ["echo", "worker", html] }),
  ];
}

/** A build whose output is served as it is. */
function build({ command, served, scripts, ...row }) {
  return {
    ...row,
    async check(trial) {
      await trial.project.run(command);
      await trial.page(await trial.project.serveFiles(served), { scripts });
    },
  };
}

async function bothFormats(trial) {
  const origin = await trial.project.serveFiles();
  await trial.page(origin, { path: "/index.html", scripts: 1 });
  await trial.page(origin, { path: "/classic.html", scripts: 1 });
}
