import assert from "node:assert/strict";
import { of } from "./versions.mjs";

/** A module, as one with an import is. */
const NOTHING = 'console.log("kept");\nexport {};';

/** An import that nobody uses leaves no trace in a bundle. */
export const shaking = [
  row("Vite", "vite8", { version: of("vite"), files: ["vite"], build: "vite build", source: "src/main.ts" }),
  row("webpack", "webpack", { version: of("webpack"), build: "webpack --mode production" }),
  row("Rollup", "rollup", {
    version: of("rollup"),
    build: "rollup src/index.js --plugin node-resolve --format es --file dist/main.js",
  }),
  row("esbuild", "esbuild", {
    version: of("esbuild"),
    build: "esbuild src/index.js --bundle --format=esm --outfile=dist/main.js",
  }),
  row("Rspack", "rspack", { version: of("@rspack/core"), build: "rspack build --mode production" }),
];

function row(tool, project, { version, files = [], build, source = "src/index.js" }) {
  return {
    tool,
    done: "an unused import leaves nothing",
    version,
    project,
    files,
    short: project === "esbuild",
    async check({ project }) {
      const bundle = async (text) => {
        project.write(source, text);
        await project.run(build);
        return project.read(project.only("dist", ".js"));
      };
      const imports = entries(project).map((entry, index) => `import * as entry${index} from "${entry}";`);
      const without = await bundle(NOTHING);
      assert.equal(await bundle(`${imports.join("\n")}\n${NOTHING}`), without);
      // Were it so of any import, this would show nothing.
      const used = await bundle(`import { SteadySocket } from "steadysocket";\nconsole.log(SteadySocket);`);
      assert.ok(used.length > without.length + 10_000, `a bundle that uses it has ${used.length} characters`);
    },
  };
}

/** All that can be imported from the package as modules, but for what needs a framework. */
function entries(project) {
  const place = "node_modules/steadysocket";
  const { exports, peerDependencies } = JSON.parse(project.read(`${place}/package.json`));
  const frameworks = Object.keys(peerDependencies).map((name) => `from"${name}"`);
  const needsNone = (module) => {
    const text = project.read(`${place}/${module.default}`);
    return !frameworks.some((framework) => text.includes(framework));
  };
  return Object.keys(exports)
    .filter((path) => exports[path].import && needsNone(exports[path].import))
    .map((path) => `steadysocket${path.slice(".".length)}`);
}
