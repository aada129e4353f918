/** Waits for what others bring about, and say when they have changed something. */
export class Changes {
  #patience;
  #waiting = new Set();

  /** What does not come within `patience` ms does not come. */
  constructor(patience) {
    this.#patience = patience;
  }

  /** Something has changed. */
  tell() {
    for (const look of [...this.#waiting]) look();
  }

  /** Resolves with what `find` gives as soon as that is something; rejects, saying `what()`, when it is not in time. */
  until(find, what) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found) this.#end(look, timer, () => resolve(found));
      };
      const timer = setTimeout(() => {
        this.#end(look, timer, () => reject(new Error(`not within ${this.#patience} ms: ${what()}`)));
      }, this.#patience);
      this.#waiting.add(look);
      look();
    });
  }

  #end(look, timer, settle) {
    clearTimeout(timer);
    this.#waiting.delete(look);
    settle();
  }
}
