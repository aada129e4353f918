const CAPACITY = 1000;

/** What the server saw of its clients, the newest last; the oldest entries make room. */
export class Journal {
  #entries = [];

  /** `visit` is `{ client, path, connection }`; `details` adds `code` and `reason` where they exist. */
  add(visit, event, details = {}) {
    this.#entries.push({ at: Date.now(), ...visit, event, ...details });
    if (this.#entries.length > CAPACITY) this.#entries.shift();
  }

  /** Everything, or only what concerns one client. */
  read(client) {
    return client ? this.#entries.filter((entry) => entry.client === client) : this.#entries;
  }
}
