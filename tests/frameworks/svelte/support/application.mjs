import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "./build.mjs";

export const here = fileURLToPath(new URL("..", import.meta.url));

/** An application that was built, on a port of its own. */
export class Application {
  #http;

  /** The one of this folder, built by SvelteKit, with the handler of its adapter for Node. */
  static async start() {
    const { handler } = await import(pathToFileURL(join(await build(here), "server/handler.js")).href);
    return Application.serve(handler);
  }

  /** One whose requests `handler` answers. */
  static async serve(handler) {
    const application = new Application();
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
