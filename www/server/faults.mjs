const MAX_MS = 600_000;
const MAX_DELAY_MS = 60_000;
const MAX_REASON_BYTES = 123;
const EVERYONE = "*";

/** Input that was refused: which field, what it was, what it may be. */
export class FaultError extends Error {
  constructor(field, value, allowed) {
    super(`"${field}" is ${JSON.stringify(value) ?? "missing"}; allowed: ${allowed}`);
    this.name = "FaultError";
  }
}

/**
 * Faults on demand. Some hit the sockets that are open now, some stand until they expire or are cleared.
 * A peer is `{ client, ws, link }`.
 */
export class Faults {
  #peers = new Set();
  /** client → ms */
  #delays = new Map();
  /** client → { mode, until } */
  #refusals = new Map();

  #kinds = {
    drop: {
      hit: ({ link }) => link.destroy(),
    },
    close: {
      fields: { code: closeCode, reason: closeReason },
      hit: ({ ws }, { code, reason }) => ws.close(code, reason),
    },
    silent: {
      hit: ({ link }) => link.silence(),
    },
    stall: {
      fields: { ms: upTo(MAX_MS) },
      hit: ({ link }, { ms }) => link.stall(ms),
    },
    delay: {
      fields: { ms: upTo(MAX_DELAY_MS) },
      stand: (client, { ms }) => this.#delays.set(client, ms),
    },
    refuse: {
      fields: { ms: upTo(MAX_MS), mode: oneOf("reject", "hang") },
      stand: (client, { ms, mode }) => this.#refuse(client, mode, ms),
    },
    restart: {
      fields: { ms: upTo(MAX_MS) },
      stand: (client, { ms }) => this.#refuse(client, "reject", ms),
      hit: ({ ws }) => ws.close(1012, "service restart"),
    },
    clear: {
      stand: (client) => this.#clear(client),
    },
  };

  /** Takes `peer` in until its socket is gone. */
  watch(peer) {
    this.#peers.add(peer);
    peer.ws.once("close", () => this.#peers.delete(peer));
  }

  /**
   * Carries out a request `{ client, fault, ...params }`; answers how many open sockets it concerned.
   * @throws {FaultError}
   */
  apply(request) {
    if (typeof request !== "object" || request === null) {
      throw new FaultError("body", request, "a JSON object");
    }
    const client = clientId(request.client);
    const kind = oneOf(...Object.keys(this.#kinds))(request.fault, "fault");
    const { fields = {}, stand, hit } = this.#kinds[kind];
    const params = {};
    for (const [name, check] of Object.entries(fields)) params[name] = check(request[name], name);

    const peers = [...this.#peers].filter((peer) => client === EVERYONE || peer.client === client);
    stand?.(client, params);
    if (hit) for (const peer of peers) hit(peer, params);
    return peers.length;
  }

  /** How long what is sent to `client` has to wait, in ms. */
  delayOf(client) {
    return this.#delays.get(client) ?? this.#delays.get(EVERYONE) ?? 0;
  }

  /** What awaits a handshake of `client` now: "reject", "hang" or undefined. */
  refusalOf(client) {
    for (const [key, { until }] of this.#refusals) {
      if (until <= Date.now()) this.#refusals.delete(key);
    }
    return (this.#refusals.get(client) ?? this.#refusals.get(EVERYONE))?.mode;
  }

  #refuse(client, mode, ms) {
    this.#refusals.set(client, { mode, until: Date.now() + ms });
  }

  #clear(client) {
    for (const standing of [this.#delays, this.#refusals]) {
      if (client === EVERYONE) standing.clear();
      else standing.delete(client);
    }
  }
}

function clientId(value) {
  if (typeof value === "string" && value !== "" && value.length <= 64) return value;
  throw new FaultError("client", value, 'a client id of 1 to 64 characters, or "*" for all');
}

function upTo(max) {
  return (value, field) => {
    if (Number.isInteger(value) && value >= 0 && value <= max) return value;
    throw new FaultError(field, value, `an integer from 0 to ${max}`);
  };
}

function oneOf(...choices) {
  return (value, field) => {
    if (choices.includes(value)) return value;
    throw new FaultError(field, value, choices.join(", "));
  };
}

/** What may stand in a close frame: 1004 to 1006 are reserved for local use. */
function closeCode(value, field) {
  const registered = value >= 1000 && value <= 1014 && !(value >= 1004 && value <= 1006);
  if (Number.isInteger(value) && (registered || (value >= 3000 && value <= 4999))) return value;
  throw new FaultError(field, value, "1000 to 1003, 1007 to 1014, 3000 to 4999");
}

function closeReason(value = "", field) {
  if (typeof value === "string" && Buffer.byteLength(value) <= MAX_REASON_BYTES) return value;
  throw new FaultError(field, value, `a text of at most ${MAX_REASON_BYTES} bytes`);
}
