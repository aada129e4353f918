import { Connection } from "./connection.mjs";

const PATIENCE_MS = 15_000;

/** What the server has of one run of one case: its connections, the oldest first. */
export class Run {
  #connections = [];
  #waiting = new Set();

  take(request, tcp, head) {
    this.#connections.push(new Connection(request, tcp, head, () => this.#changed()));
    this.#changed();
  }

  /** Does something to the latest connection, or to the one whose number is given. Waits until it is there. */
  async tell(command, { connection, ...parameters } = {}) {
    const chosen = await this.#until(() => this.#connections.at(connection ?? -1), `told to ${command}`);
    return (await chosen[command](parameters)) ?? null;
  }

  /**
   * What was heard on the first connection, or on the one whose number is given; as soon as there are so many `messages`,
   * and with `closed` as soon as it is over.
   */
  async heard(query) {
    const messages = Number(query.get("messages"));
    const chosen = await this.#until(() => {
      const connection = this.#connections.at(Number(query.get("connection")));
      const enough = connection?.heard.messages.length >= messages;
      return enough && (!query.has("closed") || connection.heard.closed) ? connection : undefined;
    }, `asked for ${query}`);
    return { ...chosen.heard, connections: this.#connections.length };
  }

  end() {
    for (const connection of this.#connections) connection.end();
  }

  async #until(find, what) {
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const found = find();
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
      await new Promise((resolve) => {
        const timer = setTimeout(go, 1000);
        const waiting = this.#waiting;
        waiting.add(go);
        function go() {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        }
      });
    }
  }

  #changed() {
    for (const go of [...this.#waiting]) go();
  }
}
