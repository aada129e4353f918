import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { here } from "./fixtures.mjs";

/** How long Vite may take to notice that a file was saved. */
const NOTICE_MS = 2000;
const COPIED = ["package.json", "svelte.config.js", "vite.config.js", "src"];

/** Vite's server for development, with a copy of the application that tests may edit. */
export class Development {
  origin;
  #folder;
  #vite;
  /** What Vite has said. */
  #output = "";

  static async start() {
    const development = new Development();
    const work = join(here, ".work");
    mkdirSync(work, { recursive: true });
    development.#folder = mkdtempSync(join(work, "development-"));
    for (const name of COPIED) {
      cpSync(join(here, name), join(development.#folder, name), { recursive: true });
    }
    await development.#serve();
    return development;
  }

  async #serve() {
    const vite = join(here, "node_modules/vite/bin/vite.js");
    const { NO_COLOR, FORCE_COLOR, ...env } = process.env;
    this.#vite = spawn(process.execPath, [vite, "dev", "--host", "localhost", "--port", "0"], {
      cwd: this.#folder,
      env: { ...env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.origin = await new Promise((resolve, reject) => {
      const read = (data) => {
        this.#output += data;
        const [, origin] = this.#output.match(/Local:\s+(http:\/\/[^/\s]+)/) ?? [];
        if (origin) resolve(origin);
      };
      this.#vite.stdout.on("data", read);
      this.#vite.stderr.on("data", read);
      this.#vite.once("exit", () => reject(new Error(`vite dev ended: ${this.#output}`)));
    });
  }

  /** Replaces a text in a file of the application; resolves when Vite has noticed, which may miss what is saved just after something else. */
  async edit(path, before, after) {
    const file = join(this.#folder, path);
    const text = readFileSync(file, "utf8");
    if (!text.includes(before)) throw new Error(`${path} has no ${before}`);
    const said = this.#output.length;
    const isNoticed = () => this.#output.includes("hmr update", said);
    while (!isNoticed()) {
      writeFileSync(file, text.replace(before, after));
      const patience = Date.now() + NOTICE_MS;
      while (!isNoticed() && Date.now() < patience) await sleep(20);
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.#vite.once("exit", resolve));
    this.#vite.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
