import { SteadySocket } from "../../../pkg/dist/index.js";

/**
 * A SteadySocket that has the option `queue.inFlight`, where the package has none: what was transmitted on a socket and
 * not confirmed by the answer to a later heartbeat is dropped as of unknown outcome when the session leaves the socket.
 */
export class InFlightSocket extends SteadySocket {
  #wires;

  constructor(url, protocols, options) {
    const wires = [];
    super(url, protocols, {
      ...options,
      WebSocket: class extends Wire {
        constructor(...all) {
          super(...all);
          wires.push(this);
        }
      },
    });
    this.#wires = wires;
    if ("inFlight" in super.stats()) return;
    this.addEventListener("close", () => {
      for (const { unconfirmed } of wires.splice(0)) {
        for (const data of unconfirmed) {
          this.dispatchEvent(Object.assign(new Event("drop"), { data, reason: "in-flight-unknown" }));
        }
      }
    });
  }

  stats() {
    const inFlight = this.#wires.reduce((sum, { unconfirmed }) => sum + unconfirmed.length, 0);
    return { inFlight, ...super.stats() };
  }
}

/** A WebSocket that keeps what was sent until it is confirmed. */
class Wire extends WebSocket {
  unconfirmed = [];
  /** How many were unconfirmed at each heartbeat that is not answered. */
  #asked = [];

  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({ data }) => {
      if (data !== "pong") return;
      const confirmed = this.#asked.shift();
      this.unconfirmed.splice(0, confirmed);
      this.#asked = this.#asked.map((count) => count - confirmed);
    });
  }

  send(data) {
    super.send(data);
    if (data === "ping") this.#asked.push(this.unconfirmed.length);
    else this.unconfirmed.push(data);
  }
}
