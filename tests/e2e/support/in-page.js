// Runs in the page, as a module. What it defines is there for `page.evaluate`.
import { SteadySocket } from "/pkg/dist/index.js";

const DEADLINE_MS = 15_000;
const EVENTS = ["open", "message", "error", "close", "statechange", "retry", "drop", "drain", "latency"];
const FIELDS = [
  "attempt",
  "cause",
  "code",
  "data",
  "delay",
  "from",
  "reason",
  "reconnected",
  "rtt",
  "to",
  "wasClean",
  "willReconnect",
];

/** The browser's WebSocket, which keeps its instances and what was sent on each. */
class Spy extends WebSocket {
  static all = [];
  sent = [];

  constructor(url, protocols) {
    super(url, protocols);
    Spy.all.push(this);
  }

  send(data) {
    super.send(data);
    this.sent.push(data);
    this.onsent?.();
  }
}

/** A WebSocket whose handshake is refused, without a network: browsers slow down who fails too often. */
class Refused extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  extensions = "";
  protocol = "";
  binaryType = "blob";

  constructor() {
    super();
    setTimeout(() => {
      this.readyState = 3;
      for (const event of [new Event("error"), new CloseEvent("close", { code: 1006 })]) {
        this[`on${event.type}`]?.(event);
        this.dispatchEvent(event);
      }
    });
  }

  send() {}

  close() {
    this.readyState = 3;
  }
}

/** An address at the demo server, relative, with the client id of the test or another one. */
function address(path, parameters = {}) {
  return `${path}?${new URLSearchParams({ client: globalThis.client, ...parameters })}`;
}

/** A session to `path` that tries again quickly; `session.told` has what it told so far. */
function connect(path, options = {}, protocols = []) {
  const url = typeof path === "string" && !path.includes("?") ? address(path) : path;
  return listenTo(new SteadySocket(url, protocols, { backoff: { min: 20, max: 100 }, ...options }));
}

/** Collects what a session (or a WebSocket) tells, as plain objects, in `told`. */
function listenTo(session) {
  session.told = [];
  for (const type of EVENTS) {
    session.addEventListener(type, (event) => {
      const entry = { type, at: performance.now(), readyState: session.readyState, state: session.state };
      for (const field of FIELDS) if (field in event) entry[field] = event[field];
      session.told.push(entry);
    });
  }
  return session;
}

/** The entries of one type in `session.told`. */
function told(session, type) {
  return session.told.filter((entry) => entry.type === type);
}

/** Resolves with the first event from now on that fulfils `test`; rejects when none comes in time. */
function next(target, type, test = () => true) {
  return new Promise((resolve, reject) => {
    const listener = (event) => {
      if (!test(event)) return;
      clearTimeout(timer);
      target.removeEventListener(type, listener);
      resolve(event);
    };
    const timer = setTimeout(() => {
      reject(new Error(`no such "${type}" within ${DEADLINE_MS} ms; told: ${JSON.stringify(target.told)}`));
    }, DEADLINE_MS);
    target.addEventListener(type, listener);
  });
}

/** Resolves once `condition` holds, which is looked at every few ms; rejects when it does not in time. */
async function until(condition, what = condition.toString()) {
  const deadline = performance.now() + DEADLINE_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${DEADLINE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves with `session` once it is open. */
async function opened(session) {
  if (session.readyState !== SteadySocket.OPEN) await next(session, "open");
  return session;
}

/** Sends `data` to an echoing server and resolves with the answer's data. */
async function echoed(session, data) {
  const answer = next(session, "message", (event) => event.data === data);
  session.send(data);
  return (await answer).data;
}

/** Asks the demo server for a fault; resolves to the number of open sockets concerned. */
async function fault(name, { client = globalThis.client, ...parameters } = {}) {
  const body = JSON.stringify({ client, fault: name, ...parameters });
  const answer = await (await fetch("/faults", { method: "POST", body })).json();
  if (answer.error) throw new Error(answer.error);
  return answer.affected;
}

/** What the demo server saw of a client, the oldest first. */
async function serverLog(client = globalThis.client) {
  return (await fetch(`/log?client=${encodeURIComponent(client)}`)).json();
}

/** What `run` throws, as plain data. */
function thrownBy(run) {
  try {
    run();
    return null;
  } catch (error) {
    return { name: error.name, message: error.message, isDomException: error instanceof DOMException };
  }
}

Object.assign(globalThis, {
  Refused,
  Spy,
  SteadySocket,
  address,
  connect,
  echoed,
  fault,
  listenTo,
  next,
  opened,
  serverLog,
  thrownBy,
  told,
  until,
});
globalThis.scripts = new Set(["in-page.js"]);
