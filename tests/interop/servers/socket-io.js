/**
 * A WebSocket that speaks with a socket.io server: it is open once it has joined the main namespace, and it answers the
 * server's pings. Packets for `send()` and from `message` are Engine.IO's: `42["event","data"]` is an event.
 */
export class SocketIo extends WebSocket {
  #joined = false;

  constructor(url, protocols) {
    super(url, protocols);
    // First in line, so that what is stopped here reaches nobody else.
    this.addEventListener("open", (event) => {
      if (!this.#joined) event.stopImmediatePropagation();
    });
    this.addEventListener("message", (event) => {
      const packet = String(event.data);
      if (packet === "2") this.send("3"); // a ping, and the answer
      if (this.#joined) return;
      event.stopImmediatePropagation();
      if (packet.startsWith("0")) this.send("40"); // "here is your session": "may I join?"
      if (packet.startsWith("40")) this.#join();
    });
  }

  #join() {
    this.#joined = true;
    this.dispatchEvent(new Event("open"));
  }
}
