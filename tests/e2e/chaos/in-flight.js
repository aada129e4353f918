/**
 * Stands in for `queue.inFlight` as long as the package has none: what was transmitted on a socket and not confirmed
 * by the answer to a later heartbeat is of unknown outcome when the session leaves the socket.
 */
export class InFlight {
  #account;
  #sockets = [];
  options;

  constructor(account) {
    this.#account = account;
    const sockets = this.#sockets;
    class Wire extends WebSocket {
      numbers = [];
      #marks = [];

      constructor(...all) {
        super(...all);
        sockets.push(this);
        this.addEventListener("message", ({ data }) => {
          if (data !== "pong") return;
          const confirmed = this.#marks.shift();
          this.numbers = this.numbers.filter((number) => number > confirmed);
        });
      }

      send(data) {
        super.send(data);
        if (data === "ping") this.#marks.push(this.numbers.at(-1) ?? 0);
        else this.numbers.push(Number.parseInt(data, 10));
      }
    }
    this.options = { WebSocket: Wire };
  }

  watch(session) {
    session.addEventListener("close", () => {
      for (const socket of this.#sockets.splice(0)) {
        for (const number of socket.numbers) this.#account.drops.push([number, "in-flight-unknown"]);
      }
    });
  }

  count() {
    return this.#sockets.reduce((sum, { numbers }) => sum + numbers.length, 0);
  }
}
