import { World } from "./world.mjs";

const STEPS = 120;
const TYPES = ["open", "message", "error", "close", "statechange", "retry", "drop", "drain", "latency"];
const FIELDS = "attempt,cause,code,data,delay,from,reason,reconnected,rtt,to,wasClean,willReconnect".split(
  ",",
);

/** What happened in a session's life, which a seed decides: everything it told and did. */
export function live(SteadySocket, seed) {
  const world = new World(seed);
  world.inhabit(() => {
    const session = begin(SteadySocket, world);
    for (let step = 0; session && step < STEPS; step++) {
      attempt(world, () => world.pick(DEEDS)(session, world));
      const { state, readyState, bufferedAmount } = session;
      world.note(step, world.now, state, readyState, bufferedAmount, JSON.stringify(session.stats()));
    }
  });
  return world.notes;
}

function begin(SteadySocket, world) {
  const options = draw(world);
  world.note(JSON.stringify(options));
  return attempt(world, () => {
    const session = new SteadySocket("ws://life.test/", [], { ...options, WebSocket: world.WebSocket });
    for (const type of TYPES) session.addEventListener(type, (event) => tell(world, session, event));
    return session;
  });
}

/** Listeners act too, now and then. */
function tell(world, session, event) {
  world.note(event.type, ...FIELDS.map((field) => event[field]));
  if (world.random() < 0.05) attempt(world, () => world.pick(OWN_DEEDS)(session, world));
}

function attempt(world, act) {
  try {
    return act();
  } catch ({ name, message }) {
    world.note(name, message);
  }
}

/** Each option is there or not; a few are not allowed. */
function draw(world) {
  const maybe = (...values) => world.pick([undefined, ...values]);
  const options = {
    backoff: maybe(
      { min: 1, max: 10 },
      { min: 333.3, factor: 1.5, stableAfter: 0.1 },
      { min: 5e6, max: 8.64e7 },
    ),
    retries: maybe(0, 1, 3, Infinity),
    connectTimeout: maybe(1, 5_000.5, 6e6, Infinity),
    closeTimeout: maybe(1, 2 ** 40, Infinity),
    heartbeat: maybe(
      { message: "ping", reply: "pong", interval: 100, timeout: 50 },
      { message: "ping", reply: "pong", interval: 4.4e6, timeout: 5e6 },
      { message: "ping", interval: 1, timeout: 1.5 },
    ),
    queue: maybe(
      false,
      { maxMessages: 2, overflow: world.pick(["drop-oldest", "drop-newest", "throw"]) },
      { maxBytes: 30, ttl: 40 },
      { inFlight: true, maxBytes: 1e9 },
    ),
    urlTimeout: world.random() < 0.02 ? world.pick([0, -1, NaN, "soon"]) : undefined,
    backpressure: maybe(
      { highWaterMark: 20, lowWaterMark: 5 },
      { highWaterMark: 2 ** 32 + 10, lowWaterMark: 2 ** 32 + 2 },
    ),
    pageHide: maybe({ close: false }, { code: 3000, reason: "gone" }),
    startClosed: maybe(true),
  };
  if (options.queue?.inFlight && world.random() < 0.9) options.heartbeat = { message: "ping", reply: "pong" };
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  if (world.random() < 0.3) given.retry = () => world.pick([true, false, 0, 77.7, 5e6, 1e300, undefined]);
  return given;
}

const SPANS = [0, 0.001, 1, 49.9, 1_999.9, 2_000.1, 61_000.1, 4.3e6, 2 ** 33];
const CODES = [1000, 1001, 1005, 1006, 1011, 1012, 1013, 3000, 4400, 4999];

/** What the user does. */
const OWN_DEEDS = [
  ...Array(3).fill((session, { pick, random }) =>
    session.send("x".repeat(random() * 30), pick([{}, {}, { ttl: 25.5 }])),
  ),
  (session) => session.send(new Uint8Array([1, 2, 3])),
  ...Array(3).fill((session) => session.reconnect()),
  (session, { pick }) => session.close(...pick([[], [1000], [4000, "enough"], [1]])),
];

/** And what the network, the server and the browser do, more often what keeps a session going. */
const DEEDS = [
  ...OWN_DEEDS,
  ...Array(8).fill((_, world) => world.tick(0)),
  (_, world) => world.tick(world.pick(SPANS)),
  (_, world) => {
    world.now += world.pick(SPANS);
  },
  ...Array(8).fill((_, { sockets }) => sockets.at(-1)?.open()),
  (_, { sockets, pick }) => pick(sockets)?.end(pick(CODES), "because", pick([true, false])),
  ...Array(2).fill((_, { sockets }) => sockets.at(-1)?.onmessage?.({ data: "pong" })),
  (_, { sockets }) => sockets.at(-1)?.onmessage?.({ data: "news" }),
  (_, { sockets, pick }) => {
    if (sockets.length) sockets.at(-1).bufferedAmount = pick([0, 4, 10, 2 ** 31, 2 ** 32 + 3, 2 ** 70]);
  },
  (_, { sockets, pick }) => {
    if (sockets.length) sockets.at(-1).readyState = pick([1, 2, 3]);
  },
  (_, world) => {
    const type = world.pick([
      "focus",
      "online",
      "offline",
      "pagehide",
      "pageshow",
      "freeze",
      "resume",
      "visibilitychange",
    ]);
    world.fire(type, { persisted: world.pick([true, false]), target: { hidden: world.pick([true, false]) } });
  },
];
