/** Runs in the page. The median of the rounds, in nanoseconds a message, by what is done and who does it. */
export async function measure({ rounds, messages }) {
  const { SteadySocket } = await import("/pkg/dist/index.js");
  const { WebSocket: Standard } = await import("/pkg/dist/websocket.js");
  const inner = [];
  // What a message comes from: the browser's own, or the one that ours hold.
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      inner.push(this);
    }
  };

  /** The least that gives listeners an event with a target of one's own. */
  class Redispatched extends EventTarget {
    constructor(url) {
      super();
      const socket = new WebSocket(url);
      socket.onopen = () => this.dispatchEvent(new Event("open"));
      socket.onmessage = ({ data, origin }) => {
        this.dispatchEvent(new MessageEvent("message", { data, origin }));
      };
    }

    set onmessage(handler) {
      this.addEventListener("message", (event) => handler.call(this, event));
    }
  }

  const opened = (socket) =>
    new Promise((resolve) => socket.addEventListener("open", () => resolve(socket), { once: true }));
  const makers = {
    native: () => new WebSocket("/slow"),
    redispatched: () => new Redispatched("/slow"),
    standard: () => new Standard("/slow"),
    steady: () => new SteadySocket("/slow"),
  };
  const sides = Object.keys(makers);
  const sockets = {};
  for (const side of sides) sockets[side] = await opened(makers[side]());

  let heard = 0;
  const hear = () => heard++;
  const listen = {
    "a message to a listener": (socket) => socket.addEventListener("message", hear),
    "a message to `onmessage`": (socket) => {
      socket.removeEventListener("message", hear);
      socket.onmessage = hear;
    },
  };
  const times = {};
  for (const [what, begin] of Object.entries(listen)) {
    for (const side of sides) begin(sockets[side]);
    // The same event into the browser's socket: what lies between it and the listener is measured.
    const receive = sides.map(
      (_, i) => () => inner[i].dispatchEvent(new MessageEvent("message", { data: "price" })),
    );
    times[what] = await race(sides, receive);
  }
  if (heard !== 2 * sides.length * (rounds + 2) * messages) throw new Error(`${heard} messages heard`);
  const senders = ["native", "standard", "steady"];
  times["sending 20 characters"] = await race(
    senders,
    senders.map((side) => () => sockets[side].send("twenty characters ok")),
  );
  return times;

  /** Runs each in turn, round by round, so that a noisy machine spoils none. */
  async function race(names, runs) {
    const samples = names.map(() => []);
    for (let round = -2; round < rounds; round++) {
      for (const [i, run] of runs.entries()) {
        const start = performance.now();
        for (let message = 0; message < messages; message++) run();
        if (round >= 0) samples[i].push(((performance.now() - start) * 1e6) / messages);
        // What was sent goes out before the next round.
        while (inner.some(({ bufferedAmount }) => bufferedAmount > 0)) {
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    }
    const median = (sample) => sample.sort((a, b) => a - b)[sample.length >> 1];
    return Object.fromEntries(names.map((name, i) => [name, median(samples[i])]));
  }
}
