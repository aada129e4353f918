import { once } from "node:events";
import { connect, createServer } from "node:net";

/** How much a direction holds back before it stops reading: about what a router's buffer has. */
const WINDOW = 64 * 1024;
/** How often a throttled direction passes something on. */
const SLICES_A_SECOND = 50;

/**
 * A TCP proxy on loopback, to break what lies between a page and its server. Its own methods act on all connections
 * that live now; what the next ones are to meet, `greet` does to each. "up" is from the page to the server, "down"
 * the way back.
 */
export class TcpProxy {
  /** Living connections, the oldest first. */
  connections = new Set();
  /** How many were accepted so far. */
  accepted = 0;
  /** Called with each new connection before anything passes: `proxy.greet = (it) => it.swallow()` never answers. */
  greet = () => {};
  port = 0;
  #target;
  #host;
  #listener = createServer({ allowHalfOpen: true }, (page) => this.#accept(page));

  /** A proxy to `target`, a port on loopback. */
  static async start(target, { host = "127.0.0.1" } = {}) {
    const proxy = new TcpProxy(target, host);
    await proxy.listen();
    return proxy;
  }

  constructor(target, host) {
    this.#target = target;
    this.#host = host;
  }

  /** Without a slash at its end. */
  get origin() {
    return `ws://${this.#host}:${this.port}`;
  }

  /** Accepts connections, on the port that it had. */
  async listen() {
    if (this.#listener.listening) return;
    this.#listener.listen(this.port, this.#host);
    await once(this.#listener, "listening");
    this.port = this.#listener.address().port;
  }

  /** Stops accepting: from now on connections are refused. Those that live go on. */
  refuse() {
    this.#listener.close();
  }

  reset() {
    for (const connection of this.connections) connection.reset();
  }

  end() {
    for (const connection of this.connections) connection.end();
  }

  swallow(direction) {
    for (const connection of this.connections) connection.swallow(direction);
  }

  hold(direction) {
    for (const connection of this.connections) connection.hold(direction);
  }

  release() {
    for (const connection of this.connections) connection.release();
  }

  delay(ms, direction) {
    for (const connection of this.connections) connection.delay(ms, direction);
  }

  throttle(rate, direction) {
    for (const connection of this.connections) connection.throttle(rate, direction);
  }

  /** Ends everything. */
  async stop() {
    this.reset();
    if (!this.#listener.listening) return;
    this.#listener.close();
    await once(this.#listener, "close");
  }

  #accept(page) {
    const server = connect({ port: this.#target, host: "127.0.0.1", allowHalfOpen: true });
    const connection = new Connection(page, server);
    this.accepted++;
    this.connections.add(connection);
    for (const socket of [page, server]) {
      socket.setNoDelay();
      socket.once("close", () => {
        if (page.destroyed && server.destroyed) this.connections.delete(connection);
      });
    }
    this.greet(connection);
  }
}

/** One proxied connection. `direction` is "up", "down" or, by default, "both". */
class Connection {
  #page;
  #server;
  #up;
  #down;

  constructor(page, server) {
    this.#page = page;
    this.#server = server;
    this.#up = new Lane(page, server);
    this.#down = new Lane(server, page);
  }

  /** Cuts both sides with RST: what was on its way is lost. */
  reset() {
    this.swallow();
    this.#page.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  /** Cuts both sides with FIN, without a close frame: what was on its way arrives before. */
  end() {
    this.#up.end();
    this.#down.end();
  }

  /**
   * Goes silent, for good: what comes is read, which TCP acknowledges, and thrown away; an end or a reset of one side is
   * not told to the other. Nobody's kernel notices, as when a device on the path has forgotten the connection.
   */
  swallow(direction) {
    for (const lane of this.#lanes(direction)) lane.swallow();
  }

  /** Reads nothing until `release()`: nothing is lost, and the sender's buffers fill. */
  hold(direction) {
    for (const lane of this.#lanes(direction)) lane.hold();
  }

  /** Ends `hold`, `delay` and `throttle`. */
  release() {
    for (const lane of this.#lanes()) lane.release();
  }

  /** Adds latency. */
  delay(ms, direction) {
    for (const lane of this.#lanes(direction)) lane.delay = ms;
  }

  /** Passes on no more than `rate` bytes a second, and reads no faster. */
  throttle(rate, direction) {
    for (const lane of this.#lanes(direction)) lane.rate = rate;
  }

  #lanes(direction = "both") {
    return { up: [this.#up], down: [this.#down], both: [this.#up, this.#down] }[direction];
  }
}

/** One direction of a connection. It never reorders. */
class Lane {
  /** Latency, ms. */
  delay = 0;
  /** Bytes a second. */
  rate = Number.POSITIVE_INFINITY;
  #from;
  #to;
  /** What is under way: `{ due, chunk }`, an end without a chunk. */
  #queue = [];
  #bytes = 0;
  #freeAt = 0;
  #timer;
  #held = false;
  #swallows = false;

  constructor(from, to) {
    this.#from = from;
    this.#to = to;
    from.on("data", (chunk) => this.#take(chunk));
    from.on("end", () => this.end());
    from.on("error", () => this.#passReset());
    to.on("drain", () => this.#pass());
    to.on("close", () => clearTimeout(this.#timer));
  }

  end() {
    // Nobody to tell: the one side has seen its end, and that is all.
    if (this.#swallows || this.#to.destroyed) this.#from.destroy();
    else this.#take();
  }

  swallow() {
    this.#swallows = true;
    this.#queue.length = 0;
    this.#from.resume();
  }

  hold() {
    this.#held = true;
    this.#from.pause();
  }

  release() {
    this.#held = false;
    this.delay = 0;
    this.rate = Number.POSITIVE_INFINITY;
    this.#freeAt = 0;
    for (const part of this.#queue) part.due = 0;
    this.#pass();
  }

  #take(chunk) {
    if (this.#swallows) return;
    this.#queue.push({ due: performance.now() + this.delay, chunk });
    this.#bytes += chunk?.length ?? 0;
    this.#pass();
  }

  /** Passes on what may go now, and comes back for the rest. */
  #pass() {
    clearTimeout(this.#timer);
    if (this.#held || this.#swallows) return;
    while (this.#queue.length > 0 && !this.#to.writableNeedDrain) {
      const wait = Math.max(this.#queue[0].due, this.#freeAt) - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pass(), wait);
        break;
      }
      this.#passSlice();
    }
    if (this.#bytes > WINDOW) this.#from.pause();
    else this.#from.resume();
  }

  #passSlice() {
    const [part] = this.#queue;
    if (!part.chunk) {
      this.#queue.length = 0;
      this.#to.end();
      return;
    }
    const slice = part.chunk.subarray(0, Math.max(1, Math.floor(this.rate / SLICES_A_SECOND)));
    if (slice.length === part.chunk.length) this.#queue.shift();
    else part.chunk = part.chunk.subarray(slice.length);
    this.#bytes -= slice.length;
    this.#freeAt = performance.now() + (slice.length / this.rate) * 1000;
    if (!this.#to.destroyed) this.#to.write(slice);
  }

  #passReset() {
    if (!this.#swallows) this.#to.resetAndDestroy();
  }
}
