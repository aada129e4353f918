import { Changes } from "../../support/changes.mjs";
import { Connection } from "./connection.mjs";
import { Wire } from "./wire.mjs";

const PATIENCE_MS = 15_000;

/** What the server has of one run of one case: its connections, the oldest first. */
export class Run {
  #connections = [];
  #changes = new Changes(PATIENCE_MS);

  take(request, tcp, head) {
    const End = /\/wire(\?|$)/.test(request.url) ? Wire : Connection;
    this.#connections.push(new End(request, tcp, head, () => this.#changes.tell()));
    this.#changes.tell();
  }

  /** Does something to the latest connection, or to the one whose number is given. Waits until it is there. */
  async tell(command, { connection, ...parameters } = {}) {
    const chosen = await this.#changes.until(
      () => this.#connections.at(connection ?? -1),
      () => `told to ${command}`,
    );
    return (await chosen[command](parameters)) ?? null;
  }

  /**
   * What was heard on the first connection, or on the one whose number is given; as soon as there are so many `messages`
   * (or `pongs`), or the text `last`, with `close` as soon as there was a close frame, and with `closed` as soon as it is over.
   */
  async heard(query) {
    const counted = ["messages", "pongs"].filter((name) => query.has(name));
    const flags = ["close", "closed"].filter((name) => query.has(name));
    const chosen = await this.#changes.until(
      () => {
        const connection = this.#connections.at(Number(query.get("connection")));
        const heard = connection?.heard;
        const enough = counted.every((name) => heard?.[name].length >= Number(query.get(name)));
        const isLast = !query.has("last") || heard?.messages.some(({ text }) => text === query.get("last"));
        return heard && enough && isLast && flags.every((name) => heard[name]) ? connection : undefined;
      },
      () => `asked for ${query}`,
    );
    return { ...chosen.heard, connections: this.#connections.length };
  }

  /** The case is over. */
  over() {
    for (const connection of this.#connections) connection.over?.();
  }

  end() {
    for (const connection of this.#connections) connection.end();
  }
}
