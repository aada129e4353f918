import { of } from "./versions.mjs";

/** Bundlers as they come, without a configuration. */
export const bundlers = [
  ...["7", "8"].flatMap((major) => vite(major)),
  webpack("webpack", { short: true }),
  webpack("webpack-5.90"),
  {
    tool: "Rollup",
    done: "module and IIFE, with its node-resolve",
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
  {
    tool: "Rspack",
    done: "build",
    version: of("@rspack/core"),
    project: "rspack",
    files: ["echo", "page", "rspack"],
    async check(trial) {
      await trial.project.run("rspack build --mode production");
      await trial.page(await trial.project.serveFiles(), { scripts: 1 });
    },
  },
  {
    tool: "Parcel",
    done: "build",
    version: of("parcel"),
    project: "parcel",
    files: ["echo", "page", "parcel"],
    async check(trial) {
      await trial.project.run("parcel build index.html");
      await trial.page(await trial.project.serveFiles("dist"), { scripts: 1 });
    },
  },
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
      done: "build, TypeScript",
      async check(trial) {
        await trial.project.run("tsc");
        await trial.project.run("vite build");
        await trial.page(await trial.project.serveFiles("dist"), { scripts: 1 });
      },
    },
  ];
}

function webpack(project, more) {
  return {
    tool: "webpack",
    done: "build",
    version: of("webpack"),
    project,
    files: ["echo", "page", "webpack"],
    ...more,
    async check(trial) {
      await trial.project.run("webpack --mode production");
      await trial.page(await trial.project.serveFiles(), { scripts: 1 });
    },
  };
}

async function bothFormats(trial) {
  const origin = await trial.project.serveFiles();
  await trial.page(origin, { path: "/index.html", scripts: 1 });
  await trial.page(origin, { path: "/classic.html", scripts: 1 });
}
