import { createServer } from "node:http";

/** An application on a port of its own. */
export class Application {
  #http;

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
