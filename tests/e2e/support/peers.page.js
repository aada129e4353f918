// Runs in the page, after in-page.js, bundled into one classic script (see peers.mjs): the libraries that people come from.
import { PartySocket } from "partysocket";
import PartyWebSocket from "partysocket/ws";
import ReconnectingWebSocket from "reconnecting-websocket";

/** Options in the words of reconnecting-websocket and partysocket, said in ours: docs/migrating.md as code. */
function translated({
  minReconnectionDelay,
  maxReconnectionDelay,
  reconnectionDelayGrowFactor,
  minUptime,
  connectionTimeout,
  maxRetries,
  maxEnqueuedMessages,
  shouldReconnectOnClose,
  ...same
}) {
  return {
    backoff: given({
      min: minReconnectionDelay,
      max: maxReconnectionDelay,
      factor: reconnectionDelayGrowFactor,
      stableAfter: minUptime,
    }),
    ...given({ connectTimeout: connectionTimeout, retries: maxRetries, retry: shouldReconnectOnClose }),
    ...(maxEnqueuedMessages !== undefined && { queue: { maxMessages: maxEnqueuedMessages } }),
    ...same,
  };
}

function given(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

const LIBRARIES = {
  steadysocket: (url, options) => new globalThis.SteadySocket(url, [], translated(options)),
  "reconnecting-websocket": (url, options) => new ReconnectingWebSocket(url, [], options),
  partysocket: (url, options) => new PartyWebSocket(url, [], options),
};

const QUICK = { minReconnectionDelay: 20, maxReconnectionDelay: 100 };

/**
 * Plays a scene with each library side by side, each as a client of its own at the demo server. The scene gets the
 * `library`, and `connect(options, url)`, which listens too; resolves with what came of it, by library.
 */
async function inEach(scene) {
  const played = Object.entries(LIBRARIES).map(async ([library, create]) => {
    const url = new URL(address("/echo", { client: library }), location.href).href.replace("http", "ws");
    const connect = (options = {}, from = url) => listenTo(create(from, { ...QUICK, ...options }));
    return [library, await scene({ library, url, connect })];
  });
  return Object.fromEntries(await Promise.all(played));
}

/** What a session told of these types, each as `type` and the fields named. */
function lines(session, types, fields = []) {
  return session.told
    .filter(({ type }) => types.includes(type))
    .map((entry) =>
      [entry.type, ...fields.filter((field) => field in entry).map((field) => entry[field])].join(" "),
    );
}

/** A class to connect with that is refused, without a network, while `refuse` is set; `attempts` counts. */
function fickle() {
  const gate = { refuse: true, attempts: 0 };
  gate.WebSocket = function Fickle(url, protocols) {
    gate.attempts++;
    return gate.refuse ? new Refused() : new WebSocket(url, protocols);
  };
  // What reconnecting-websocket knows a WebSocket class by.
  gate.WebSocket.CLOSING = 2;
  return gate;
}

/** Resolves once the server has answered something on a connection of another client: what was due is through. */
async function controlled() {
  const control = await opened(new SteadySocket(address("/echo", { client: "control" })));
  await echoed(control, "control");
  control.close();
}

Object.assign(globalThis, { PartySocket, PartyWebSocket, controlled, fickle, inEach, lines });
globalThis.scripts.add("peers.page.js");
