// Builds the npm package: Rust to wasm, wasm and TypeScript to pkg/dist, and prints what that weighs.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { minify } from "terser";
import { describe } from "./manifest.mjs";
import { copyPages } from "./pages.mjs";
import { publishable } from "./source-map.mjs";
import { moduleOf } from "./wasm2js.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (path) => root + path;
const TARGET = "wasm32-unknown-unknown";
const ENTRIES = [
  "index",
  "slim",
  "retry-after",
  "websocket",
  "websocket-js",
  "js",
  "react",
  "vue",
  "vue-router",
  "svelte",
  "solid",
];
/** Those with the core in JavaScript. */
const PLAIN = ["js", "websocket-js"];
/** What each kind of module is called, and how it names the others. */
const EXTENSIONS = { esm: ".js", cjs: ".cjs", iife: ".global.js" };
/** What only the parts of the package call each other by. */
const INTERNAL =
  /^(__wbg_ptr|_wbg_cb_unref|address|attach|connection|connections|disconnected|dropped|figure|heard|isPlain|latencyMeasured|members|openSocket|pageHideReason|receive|refused|retryScheduled|setBinaryType|stateChanged|timers|urlFailed|urlResolved|waiters)$/;

/** What the core is compiled for. With more of WebAssembly, JavaScript would be larger, or `wasm2js` does not know it. */
const CORES = {
  wasm: {
    compiled: "target/pkg",
    glue: "build/glue",
    flags: "",
    features:
      "bulk-memory bulk-memory-opt nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue call-indirect-overlong",
  },
  js: {
    compiled: "target/pkg-js",
    glue: "build/glue-js",
    flags: "-Ctarget-cpu=mvp -Ctarget-feature=+bulk-memory,+sign-ext",
    features: "bulk-memory bulk-memory-opt sign-ext",
  },
};

await bundle(make(CORES.wasm), make(CORES.js));
declare();
copyPages(at(""), at("pkg"));
describe(at("pkg-template"), at("pkg"), ENTRIES);
for (const file of ["index.js", "slim.js", "steadysocket.wasm", "js.js"]) weigh(file);

/** Returns the file of an optimised module, and what calls it. */
function make(core) {
  const { wasm, names } = optimize(core, bindings(core, compile(core)));
  return { wasm, glue: minifyNames(core, names), features: featuresOf(core) };
}

function compile({ flags, compiled }) {
  // The standard library is built along, for size and without panic messages: a third less wasm.
  const small = "-Cpanic=immediate-abort -Zunstable-options -Zmir-opt-level=3 -Clink-arg=-zstack-size=32768";
  const std = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
  run("cargo", ["rustc", "--release", "--crate-type=cdylib", "--features=js", `--target=${TARGET}`, ...std], {
    RUSTC_BOOTSTRAP: "1",
    RUSTFLAGS: `${small} ${flags}`,
    CARGO_TARGET_DIR: at(compiled),
  });
  return at(`${compiled}/${TARGET}/release/steadysocket.wasm`);
}

function bindings({ glue }, wasm) {
  const options = ["--target=web", "--omit-default-module-path", `--out-dir=${at(glue)}`];
  run("wasm-bindgen", [...options, wasm]);
  return at(`${glue}/steadysocket_bg.wasm`);
}

function featuresOf({ features }) {
  return ["--mvp-features", ...features.split(" ").map((name) => `--enable-${name}`)];
}

/** Makes the smallest equivalent, and returns it with wasm-opt's list of the names that it shortened. */
function optimize(core, wasm) {
  const features = featuresOf(core);
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  // The lowest kilobyte is the far end of the stack: nothing is ever addressed there.
  const stack = ["--low-memory-unused", "--optimize-added-constants-propagate"];
  const passes = [
    ...stack,
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--reorder-functions-by-name",
    "--always-inline-max-function-size=5",
  ];
  const output = at(`${core.glue}/optimized.wasm`);
  run("npx", ["wasm-opt", wasm, ...features, ...strip, ...passes, `--output=${output}`]);
  const minify = ["--minify-imports-and-exports-and-modules", `--output=${output}`];
  const shortened = run("npx", ["wasm-opt", output, ...features, ...minify]);
  return { wasm: output, names: JSON.parse(shortened) };
}

/** Gives the glue the names that wasm-opt gave the module. */
function minifyNames({ glue }, { imports, exports }) {
  const short = new Map([...imports.map(([, name, short]) => [name, short]), ...exports]);
  return (
    readFileSync(at(`${glue}/steadysocket.js`), "utf8")
      // Memory that grows has another buffer, and its old one need not be detached.
      .replace(
        /(?<=^function get(Uint8Array|DataView)Memory0\(\) \{\n)[\s\S]*?(?=^\})/gm,
        "return new $1(wasm.memory.buffer);",
      )
      .replace(/^.*cached\w+Memory0 = null;\n/gm, "")
      .replace(/(?<=wasm\.)\w+|\b\w+(?=: function)/g, (name) => short.get(name) ?? name)
      .replace('"./steadysocket_bg.js": import0', "a: import0")
      // What nobody here calls or needs: sessions are freed by the garbage collector, and decode a few names.
      .replace(/^ {4}(free|__destroy_into_raw)\(\) \{[\s\S]*?^ {4}\}\n|^if \(Symbol\.dispose\).*\n/gm, "")
      // The core's texts are names and numbers, all of them ASCII, and Jest's jsdom has no TextDecoder.
      .replace(/^let cachedTextDecoder = [\s\S]*?^let numBytesDecoded = 0;\n/m, "")
      .replace(
        /(?<=^function decodeText\(bytes\) \{\n)[\s\S]*?(?=^\})/m,
        "return String.fromCharCode(...bytes);",
      )
      // Every engine for which this is made has it.
      .replace(/\(typeof FinalizationRegistry === 'undefined'\)\s*\? \{.*\}\s*: /g, "")
      // Smaller than its own loaders, which allow for more than is needed here.
      .concat("export { __wbg_get_imports as imports, __wbg_finalize_init as finish };")
  );
}

async function bundle(core, plain) {
  const wasm = readFileSync(core.wasm);
  rmSync(at("pkg"), { recursive: true, force: true });
  mkdirSync(at("pkg/dist"), { recursive: true });
  writeFileSync(at("pkg/dist/steadysocket.wasm"), wasm);
  const { code } = transformSync(readFileSync(at("pkg-template/src/inline.ts"), "utf8"), { loader: "ts" });
  const { encode } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const modules = { "#wasm": core.glue, "#wasm-text": `export default "${encode(wasm)}"` };
  const withCore = ENTRIES.filter((name) => !PLAIN.includes(name));
  const plainModules = { "#wasm": plain.glue, "#wasm2js": toJavaScript(plain) };
  for (const format of ["esm", "cjs"]) {
    await emit(format, withCore, modules, "index");
    await emit(format, PLAIN, plainModules, "js");
  }
  await emit("iife", ["steadysocket"], modules);
}

function toJavaScript({ wasm, features }) {
  return moduleOf(run("npx", ["wasm2js", wasm, ...features, "-Oz"]));
}

/** Bundles the entries; those that need the whole share what the entry `whole` is. */
async function emit(format, entries, modules, whole) {
  const extension = EXTENSIONS[format];
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => `pkg-template/src/${name}.ts`),
    outdir: "pkg/dist",
    outExtension: { ".js": extension },
    bundle: true,
    minify: true,
    sourcemap: "external",
    format,
    target: "es2022",
    packages: "external",
    external: ["steadysocket"],
    mangleProps: INTERNAL,
    logLevel: "warning",
    write: false,
    plugins: [generated(modules), ...(whole ? [sharing(whole + extension)] : [])],
  });
  for (const { path, text } of outputFiles.filter(({ path }) => path.endsWith(extension))) {
    const map = outputFiles.find((file) => file.path === `${path}.map`).text;
    const url = basename(`${path}.map`);
    // What esbuild has minified, terser makes a little smaller still.
    const smaller = await minify(text, {
      module: format === "esm",
      toplevel: true,
      ecma: 2022,
      compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, directives: false },
      // Bytes in text: whoever serves it may call it Latin-1.
      format: { ascii_only: true },
      sourceMap: { content: map, url },
    });
    // Not every tool that looks for "use client" looks past another directive.
    writeFileSync(path, smaller.code.replace(/^("use strict";)("use client";)/, "$2$1"));
    writeFileSync(`${path}.map`, publishable(smaller.map));
  }
}

/** The modules that the build makes. */
function generated(modules) {
  return {
    name: "generated",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#/ }, ({ path }) => ({ path, namespace: "generated" }));
      onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({ contents: modules[path] }));
    },
  };
}

/** An entry that needs the whole shares it with the others. */
function sharing(whole) {
  return {
    name: "sharing",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/index\.js$/ }, () => ({ path: `./${whole}`, external: true }));
    },
  };
}

function declare() {
  const out = at("build/types");
  rmSync(out, { recursive: true, force: true });
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", out];
  run("npx", ["tsc", "-p", at("pkg-template"), ...emit]);
  for (const extension of ["d.ts", "d.cts"]) {
    copyFileSync(
      at("pkg-template/src/steadysocket.wasm.d.ts"),
      at(`pkg/dist/steadysocket.wasm.${extension}`),
    );
  }
  const relative = /(?<=from "\.\/|import\("\.\/)([\w-]+)\.js(?=")/g;
  // A set grows while it is gone through: with what is imported along.
  const names = new Set(ENTRIES);
  for (const name of names) {
    const text = readFileSync(`${out}/pkg-template/src/${name}.d.ts`, "utf8");
    writeFileSync(at(`pkg/dist/${name}.d.ts`), text);
    writeFileSync(at(`pkg/dist/${name}.d.cts`), text.replace(relative, "$1.cjs"));
    for (const [, imported] of text.matchAll(relative)) names.add(imported);
  }
}

function weigh(file) {
  const bytes = readFileSync(at(`pkg/dist/${file}`));
  const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(
    (packed) => packed.length,
  );
  console.log(`pkg/dist/${file}: ${bytes.length} bytes, ${gzip} gzip, ${brotli} brotli`);
}

function run(command, args, env) {
  try {
    return execFileSync(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
  } catch (error) {
    if (error.stdout) console.error(error.stdout);
    console.error(`build: ${command} failed: ${error.message.split("\n")[0]}`);
    process.exit(1);
  }
}
