/**
 * The least that a session takes for a `WebSocket`, for Node: it opens by itself, and ends when it is told to. It calls the
 * handlers and fires no events.
 */
export class StandIn {
  static made = [];

  readyState = 0;
  bufferedAmount = 0;
  protocol = "";
  extensions = "";
  binaryType = "blob";
  sent = [];

  constructor(url) {
    this.url = url;
    StandIn.made.push(this);
    setTimeout(() => this.open());
  }

  open() {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.({});
  }

  send(data) {
    this.sent.push(data);
  }

  close(code = 1005) {
    if (this.readyState > 1) return;
    this.readyState = 2;
    setTimeout(() => this.end(code, true));
  }

  /** The connection ends: it breaks, or with a close frame. */
  end(code = 1006, wasClean = false) {
    this.readyState = 3;
    if (!wasClean) this.onerror?.({});
    this.onclose?.({ code, reason: "", wasClean });
  }
}

/** Resolves with the next event of that type. */
export function next(target, type) {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}

/** Does it quickly again, and is not stopped by a test's deadline. */
export const QUICK = { backoff: { min: 1, max: 1 }, closeTimeout: 20 };
