import { Connection } from "./connection.mjs";
import { Wire } from "./wire.mjs";

const PATIENCE_MS = 15_000;

/** What the server has of one run of one case: its connections, the oldest first. */
export class Run {
  #connections = [];
  #waiting = new Set();

  take(request, tcp, head) {
    const End = /\/wire(\?|$)/.test(request.url) ? Wire : Connection;
    this.#connections.push(new End(request, tcp, head, () => this.#changed()));
    this.#changed();
  }

  /** Does something to the latest connection, or to the one whose number is given. Waits until it is there. */
  async tell(command, { connection, ...parameters } = {}) {
    const chosen = await this.#until(() => this.#connections.at(connection ?? -1), `told to ${command}`);
    return (await chosen[command](parameters)) ?? null;
  }

  /**
   * What was heard on the first connection, or on the one whose number is given; as soon as there are so many `messages`
   * (or `pongs`), or the text `last`, with `close` as soon as there was a close frame, and with `closed` as soon as it is over.
   */
  async heard(query) {
    const counted = ["messages", "pongs"].filter((name) => query.has(name));
    const flags = ["close", "closed"].filter((name) => query.has(name));
    const chosen = await this.#until(() => {
      const connection = this.#connections.at(Number(query.get("connection")));
      const heard = connection?.heard;
      const enough = counted.every((name) => heard?.[name].length >= Number(query.get(name)));
      const isLast = !query.has("last") || heard?.messages.some(({ text }) => text === query.get("last"));
      return heard && enough && isLast && flags.every((name) => heard[name]) ? connection : undefined;
    }, `asked for ${query}`);
    return { ...chosen.heard, connections: this.#connections.length };
  }

  /** The case is over. */
  over() {
    for (const connection of this.#connections) connection.over?.();
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
