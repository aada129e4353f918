import * as all from "/pkg/dist/index.js";

export * from "/pkg/dist/index.js";

const FACTOR = 20;

/** A SteadySocket whose heartbeats and handshakes have a twentieth of their time, and that tells why it ended. */
export class SteadySocket extends all.SteadySocket {
  /** The causes of all ends. */
  static causes = [];
  /** How many heartbeats were answered. */
  static answers = 0;

  constructor(url, protocols, options) {
    super(url, protocols, hastened(options));
    this.addEventListener("close", ({ cause }) => SteadySocket.causes.push(cause));
    this.addEventListener("latency", () => SteadySocket.answers++);
  }
}

function hastened({ connectTimeout, heartbeat, ...options }) {
  const faster = { ...options, connectTimeout: connectTimeout / FACTOR };
  if (!heartbeat) return faster;
  const { interval = 25_000, timeout = 10_000 } = heartbeat;
  return { ...faster, heartbeat: { ...heartbeat, interval: interval / FACTOR, timeout: timeout / FACTOR } };
}
