import { Duplex } from "node:stream";

/**
 * A client's TCP connection as `ws` sees it, with room for network faults in between.
 * Endpoints stay ignorant of faults: whatever goes wrong on a link also goes wrong for pongs,
 * close frames and the answer to the handshake, as it would on a real network.
 */
export class Link extends Duplex {
  #tcp;
  #delay;
  #late = [];
  #lateTimer;
  #stallTimer;
  #stalled = false;
  #silent = false;

  /**
   * @param {import("node:stream").Duplex} tcp
   * @param {() => number} delay milliseconds that each outgoing chunk waits, asked chunk by chunk
   */
  constructor(tcp, delay) {
    super();
    this.#tcp = tcp;
    this.#delay = delay;
    tcp.on("data", (chunk) => {
      if (!this.#silent && !this.push(chunk)) tcp.pause();
    });
    tcp.on("end", () => this.push(null));
    tcp.on("error", (error) => this.destroy(error));
    tcp.on("close", () => this.destroy());
  }

  /** Answers nothing any more. Goes on reading, so that the end of the TCP connection is noticed. */
  silence() {
    this.#silent = true;
    this.#late.length = 0;
    this.#tcp.resume();
  }

  /** Reads nothing for `ms`: the client's data piles up in the kernels' buffers, then in the client. */
  stall(ms) {
    this.#stalled = true;
    this.#tcp.pause();
    clearTimeout(this.#stallTimer);
    this.#stallTimer = setTimeout(() => {
      this.#stalled = false;
      this.#tcp.resume();
    }, ms);
  }

  _read() {
    if (!this.#stalled) this.#tcp.resume();
  }

  _write(chunk, _encoding, done) {
    if (this.#silent) return done();
    if (this.#sendsAtOnce) return this.#tcp.write(chunk, done);
    // A delay must not become a rate: the next chunk may come while this one waits.
    this.#sendLate(() => this.#tcp.write(chunk));
    done();
  }

  _writev(chunks, done) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "buffer", done);
  }

  _final(done) {
    if (this.#sendsAtOnce) this.#tcp.end(done);
    else this.#sendLate(() => this.#tcp.end(done));
  }

  _destroy(error, done) {
    clearTimeout(this.#lateTimer);
    clearTimeout(this.#stallTimer);
    this.#tcp.destroy();
    done(error);
  }

  /** False while older chunks wait, even when the delay was lifted: a link never reorders. */
  get #sendsAtOnce() {
    return this.#late.length === 0 && this.#delay() === 0;
  }

  #sendLate(send) {
    this.#late.push({ due: performance.now() + this.#delay(), send });
    if (this.#late.length === 1) this.#armLateTimer();
  }

  #armLateTimer() {
    this.#lateTimer = setTimeout(
      () => {
        this.#late.shift()?.send();
        if (this.#late.length > 0) this.#armLateTimer();
      },
      Math.max(0, this.#late[0].due - performance.now()),
    );
  }
}
