const REMEMBERED = 300;

/**
 * The messages of a chat in the server's order, followed by one's own that the server has not shown yet.
 * The server ignores repetitions of an id, so whatever is unconfirmed can be sent again at any time.
 */
export class Conversation {
  #confirmed = new Map();
  #unconfirmed = new Map();

  /** One's own messages that may be lost, in the order they were said. */
  get unconfirmed() {
    return [...this.#unconfirmed.values()];
  }

  say(message) {
    this.#unconfirmed.set(message.id, message);
  }

  /** Takes in what the server showed; false when it was known already. */
  confirm(message) {
    if (this.#confirmed.has(message.id)) return false;
    this.#unconfirmed.delete(message.id);
    this.#confirmed.set(message.id, message);
    if (this.#confirmed.size > REMEMBERED) this.#confirmed.delete(this.#confirmed.keys().next().value);
    return true;
  }

  /** Gives up a message that the server will not take; false when it was not one's own. */
  withdraw(id) {
    return this.#unconfirmed.delete(id);
  }
}
