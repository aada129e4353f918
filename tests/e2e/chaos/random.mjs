/** Random draws that a seed repeats, here and in the page. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1 (Mulberry32). */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer, both ends included. */
  between(least, most) {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  pick(choices) {
    return choices[this.between(0, choices.length - 1)];
  }

  /** One of the values of `[weight, value]` pairs. */
  weighed(choices) {
    let point = this.fraction() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      point -= weight;
      if (point < 0) return value;
    }
    return choices.at(-1)[1];
  }

  /** Draws of its own for the part of that number. */
  fork(number) {
    return new Random(Math.imul(this.#state ^ (number + 1), 0x9e3779b1));
  }
}
