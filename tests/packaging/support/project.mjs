import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, serve } from "./command.mjs";
import { serveFolder } from "./folder-server.mjs";

const WRITTEN = fileURLToPath(new URL("../projects/", import.meta.url));
/**
 * Outside of the repository, whose own packages and lock file tools would find above a project. Each checkout has its own
 * place.
 */
const FRESH = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  `steadysocket-packaging-${hash(import.meta.url)}`,
);
const LOCKED = ["package.json", "package-lock.json"];
/** Says that an installation came to its end. */
const DONE = "node_modules/.installed";
/** As the tools mark them; `error` may be part of a file's name. */
const WARNING = /\bwarn|⚠|\(!\)|\berror\b(?![-./])/i;

/** A user's project with the package in it. */
export class Project {
  #stops = [];

  constructor(folder, env = {}) {
    this.folder = folder;
    this.env = {
      ...env,
      PATH: [join(folder, "node_modules/.bin"), env.PATH ?? process.env.PATH].join(delimiter),
    };
  }

  /**
   * What `name` locks is installed anew if that has changed. The tarball is always, and what its user wrote comes from the
   * folders `files`.
   */
  static async fresh(name, { files = [name], tarball, env }) {
    const project = new Project(join(FRESH, name), env);
    project.#keepLocked(join(WRITTEN, name));
    project.#empty();
    for (const from of files) {
      cpSync(join(WRITTEN, from), project.folder, { recursive: true, filter: isWritten });
    }
    await project.#install(tarball);
    return project;
  }

  /** Runs a command in it, and rejects if it fails or warns of something. */
  async run(command, { mayWarn = /^$/, env } = {}) {
    const said = await run(command, { cwd: this.folder, env: { ...this.env, ...env } });
    refuseWarnings(command, said, mayWarn);
    return said;
  }

  /** Starts a server of it; resolves with its address. */
  async serve(command) {
    const server = await serve(command, { cwd: this.folder, env: this.env });
    this.#stops.push(async () => {
      await server.stop();
      refuseWarnings(command, server.said(), /^$/);
    });
    return server.origin;
  }

  /** Serves its files, or those of a folder in it, as they are. */
  async serveFiles(folder = ".") {
    const server = await serveFolder(join(this.folder, folder));
    this.#stops.push(server.stop);
    return server.origin;
  }

  /** The version of a package that is installed in it. */
  version(name) {
    return JSON.parse(this.read(`node_modules/${name}/package.json`)).version;
  }

  /** The one file with this ending in a folder of it. */
  only(folder, ending) {
    const files = readdirSync(join(this.folder, folder), { recursive: true });
    const found = files.filter((file) => file.endsWith(ending));
    if (found.length !== 1) throw new Error(`${folder} has ${files}`);
    return join(folder, found[0]);
  }

  read(file) {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file, text) {
    mkdirSync(join(this.folder, file, ".."), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  async stop() {
    const outcomes = await Promise.allSettled(this.#stops.splice(0).map((stop) => stop()));
    for (const { reason } of outcomes) if (reason) throw reason;
  }

  /** What was installed by another lock file, or not to the end, goes. */
  #keepLocked(written) {
    const isSame = (file) => this.#has(file) && this.read(file) === readFileSync(join(written, file), "utf8");
    if (LOCKED.every(isSame) && this.#has(DONE)) return;
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    for (const file of LOCKED) cpSync(join(written, file), join(this.folder, file));
  }

  /** Leaves what is locked, and nothing that a tool has kept of an earlier package. */
  #empty() {
    const stays = [...LOCKED, "node_modules"];
    for (const file of readdirSync(this.folder)) if (!stays.includes(file)) this.#remove(file);
    for (const kept of [".cache", ".vite", ".vite-temp", "steadysocket"]) {
      this.#remove(`node_modules/${kept}`);
    }
  }

  #has(file) {
    return existsSync(join(this.folder, file));
  }

  #remove(file) {
    rmSync(join(this.folder, file), { recursive: true, force: true });
  }

  /**
   * What the lock file names, and the tarball. (`npm ci` refuses lock files that lack a binary for another system, as those
   * made from a registry that lags behind do.)
   */
  async #install(tarball) {
    const quiet = "--no-save --no-audit --no-fund --prefer-offline --loglevel=error";
    await run(`npm install ${quiet} ${tarball?.path ?? ""}`.trim(), { cwd: this.folder, env: this.env });
    this.write(DONE, "");
    if (!tarball) return;
    const installed = hash(this.read("node_modules/steadysocket/dist/index.js"));
    if (installed !== tarball.hash) {
      throw new Error("npm has installed another tarball than the one it was given");
    }
  }
}

export function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

function isWritten(path) {
  return !path.includes("node_modules") && !LOCKED.some((file) => path.endsWith(file));
}

function refuseWarnings(command, said, mayWarn) {
  const warned = said.split("\n").filter((line) => WARNING.test(line) && !mayWarn.test(line));
  if (warned.length > 0) throw new Error(`${command} warned:\n${said}`);
}
