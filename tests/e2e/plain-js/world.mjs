/**
 * What a session sees of the world, in virtual time: a clock, timers, chance, the page's events and sockets. All of it comes from
 * a seed, and whatever the session does to it is noted.
 */
export class World {
  notes = [];
  sockets = [];
  now;
  #listeners = [];
  #timers = new Map();
  #names = 0;

  /** A fraction of one, by mulberry32. */
  #state;
  random = () => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  constructor(seed) {
    this.#state = seed;
    // In microseconds: small, about to outgrow 32 bits, and long past them.
    this.now = this.pick([0.25, 4_294_966.9, 1e9 + 0.3]);
  }

  pick = (list) => list[Math.floor(this.random() * list.length)];

  note(...what) {
    this.notes.push(what.join(" "));
  }

  /** Runs `act`, which must not wait for anything, with this world in the real one's place. */
  inhabit(act) {
    const { setTimeout, clearTimeout, addEventListener, removeEventListener } = globalThis;
    const { random } = Math;
    const { now } = performance;
    Object.assign(globalThis, this.#globals());
    Math.random = this.random;
    performance.now = () => this.now;
    try {
      act();
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout, addEventListener, removeEventListener });
      Math.random = random;
      performance.now = now;
    }
  }

  #globals() {
    return {
      setTimeout: (run, delay) => {
        this.note("timer", delay);
        this.#timers.set(++this.#names, { run, at: this.now + delay });
        return this.#names;
      },
      clearTimeout: (name) => this.#timers.delete(name),
      addEventListener: (type, run, capture) => this.#listeners.push({ type, run, capture }),
      removeEventListener: (type, run) => {
        this.#listeners = this.#listeners.filter((one) => one.type !== type || one.run !== run);
      },
    };
  }

  /** Lets time pass up to the first timer, and it tick `late` ms late. */
  tick(late) {
    const [name, timer] = [...this.#timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
    if (!timer) return;
    this.now = Math.max(this.now, timer.at) + late;
    this.#timers.delete(name);
    timer.run();
  }

  /** The page has an event. */
  fire(type, fields) {
    for (const { run } of this.#listeners.filter((one) => one.type === type)) run({ type, ...fields });
  }

  /** A class of sockets that do what they are told. */
  get WebSocket() {
    const world = this;
    return class {
      readyState = 0;
      bufferedAmount = 0;
      binaryType = "blob";
      protocol = "";
      extensions = "";

      constructor(url) {
        this.name = world.sockets.push(this);
        world.note("socket", this.name, url);
      }

      send(data) {
        world.note("sent", this.name, data.length, String(data).slice(0, 20));
        this.bufferedAmount += data.length;
      }

      close(code, reason) {
        world.note("closing", this.name, code, reason);
        this.readyState = Math.max(this.readyState, 2);
      }

      open() {
        if (this.readyState === 0) this.readyState = 1;
        this.onopen?.({});
      }

      end(code, reason, wasClean) {
        this.readyState = 3;
        if (!wasClean) this.onerror?.({});
        this.onclose?.({ code, reason, wasClean });
      }
    };
  }
}
