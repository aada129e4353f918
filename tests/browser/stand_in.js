/** A `WebSocket` of the user's own class, which does what the test says. */
export class StandIn {
  readyState = 0;
  bufferedAmount = 0;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;
  #sent = [];
  #closes = 0;

  send(data) {
    this.#sent.push(data);
  }

  close() {
    this.#closes += 1;
    this.readyState = 2;
  }

  get sent() {
    return this.#sent.join();
  }

  get closes() {
    return this.#closes;
  }

  get isHeard() {
    return Boolean(this.onopen || this.onmessage || this.onerror || this.onclose);
  }

  /** Has a method throw from now on. */
  spoil(name) {
    this[name] = () => {
      throw `no ${name}`;
    };
  }

  /** Answers each message before `send` returns, from now on. */
  answerAtOnce() {
    this.send = (data) => {
      this.#sent.push(data);
      if (data.startsWith("ask")) this.say(data.replace("ask", "answer"));
    };
  }

  /** Fires `close` before `close()` returns, from now on. */
  closeAtOnce() {
    this.close = () => {
      this.#closes += 1;
      if (this.readyState < 3) this.end(1000);
    };
  }

  open() {
    this.readyState = 1;
    this.onopen?.(new Event("open"));
  }

  say(data) {
    this.onmessage?.({ data });
  }

  /** What the browser does when the server's close frame is there, and the rest of the handshake is not yet done. */
  beginToClose() {
    this.readyState = 2;
  }

  end(code) {
    this.readyState = 3;
    this.onclose?.({ code, reason: "", wasClean: code !== 1006 });
  }
}
