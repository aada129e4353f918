import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

export const here = fileURLToPath(new URL("..", import.meta.url));
export const work = join(here, ".work");

/** The application, built by SvelteKit and served by the handler of its adapter for Node. */
export class Application {
  /** What answers requests, by whatever server. */
  handler;
  #http;

  static async start() {
    const application = new Application();
    const { handler } = await import(pathToFileURL(join(await build(), "server/handler.js")).href);
    application.handler = handler;
    application.#http = createServer(handler).listen(0, "127.0.0.1");
    await new Promise((resolve) => application.#http.once("listening", resolve));
    return application;
  }

  get origin() {
    return `http://localhost:${this.#http.address().port}`;
  }

  stop() {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}

/** One build for all workers of a run: they have the same parent. */
async function build() {
  const place = join(work, `built-${process.ppid}`);
  const outcome = (name) => join(place, name);
  mkdirSync(work, { recursive: true });
  for (const name of readdirSync(work)) {
    if (name.startsWith("built-") && join(work, name) !== place)
      rmSync(join(work, name), { recursive: true });
  }
  try {
    mkdirSync(place);
  } catch {
    while (!existsSync(outcome("ready"))) {
      if (existsSync(outcome("failed"))) throw new Error("another worker could not build the application");
      await sleep(100);
    }
    return place;
  }
  try {
    await promisify(execFile)(process.execPath, [join(here, "node_modules/vite/bin/vite.js"), "build"], {
      cwd: here,
      env: { ...process.env, OUTPUT: place, NODE_ENV: "production" },
    });
    writeFileSync(outcome("ready"), "");
    return place;
  } catch (error) {
    writeFileSync(outcome("failed"), "");
    throw new Error(`vite build failed: ${error.stdout}\n${error.stderr}`);
  }
}
