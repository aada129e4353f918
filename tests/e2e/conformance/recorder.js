import { plain } from "./plain.js";

const TYPES = ["open", "message", "error", "close"];
const PATIENCE_MS = 15_000;
/** What a case reads of each event, whichever kind it is. */
const FIELDS = ["type", "eventPhase", "bubbles", "cancelable", "composed", "defaultPrevented", "returnValue"];
const MESSAGE_FIELDS = ["data", "origin", "lastEventId", "source", "ports"];
const CLOSE_FIELDS = ["code", "reason", "wasClean"];
const SOCKET_FIELDS = ["readyState", "protocol", "extensions", "binaryType", "url"];

/** One run of one case with one subject, as the case sees it (`t`): what it is run with, what it notes, and its side of the server. */
export class Recorder {
  #subject;
  #port;
  #address;
  #lines = [];
  #sockets = new Map();

  /** `subject` is one of subjects.js; `port` is where its handshakes go, and `address` one that no run beside it has. */
  constructor(subject, { scope, id, port, address }) {
    this.WebSocket = subject.WebSocket;
    this.Interface = subject.Interface ?? subject.WebSocket;
    this.scope = scope;
    this.id = id;
    this.#subject = subject;
    this.#port = port;
    this.#address = address;
  }

  /** An absolute address at the suite's server. `parameters` may be an object, or a list of pairs. */
  url(path, parameters = {}) {
    const query = new URLSearchParams(parameters).toString();
    return `ws://127.0.0.1:${this.#port}/${this.id}${path}${query && `?${query}`}`;
  }

  /** The same at an address of the run's own, where no other's handshake is waited for. */
  ownUrl(path, parameters) {
    return this.url(path, parameters).replace("127.0.0.1", this.#address);
  }

  /** One line of the record. */
  note(label, ...values) {
    const names = this.#names();
    const texts = values.map((value) => plain(value, names));
    this.#lines.push(Promise.all([`${label}:`, ...texts]).then((parts) => parts.join(" ")));
  }

  /** Notes what `run` returns or throws; returns it if it does. */
  attempt(label, run) {
    try {
      const value = run();
      this.note(label, value);
      return value;
    } catch (error) {
      this.note(`${label} throws`, error);
    }
  }

  /** Has the socket closed when the case ends, and its events kept for `next`. Returns it. */
  own(socket) {
    if (this.#sockets.has(socket)) return socket;
    const seen = Object.fromEntries(TYPES.map((type) => [type, []]));
    const waiting = Object.fromEntries(TYPES.map((type) => [type, []]));
    for (const type of TYPES) {
      const noticed = (event) => {
        seen[type].push(event);
        // Those whose own listener is not reached hear of it afterwards.
        for (const done of waiting[type].splice(0)) this.task().then(() => done(event));
      };
      listen(socket, type, noticed, { capture: true });
    }
    this.#sockets.set(socket, { seen, waiting, taken: { open: 0, message: 0, error: 0, close: 0 } });
    return socket;
  }

  /** Notes every event of the socket. `buffered`: and its bufferedAmount, where the case knows that it is determined. */
  watch(socket, label = "", { buffered = false } = {}) {
    this.own(socket);
    const recorder = this;
    for (const type of TYPES) {
      listen(socket, type, function (event) {
        recorder.event(label ? `${label} ${type}` : type, event, this);
        recorder.state(`  ${label || "socket"}`, socket, { buffered });
      });
    }
    return socket;
  }

  /** Notes all that can be observed of an event. */
  event(label, event, self) {
    const fields = [...FIELDS];
    if (event instanceof MessageEvent) fields.push(...MESSAGE_FIELDS);
    if (event instanceof CloseEvent) fields.push(...CLOSE_FIELDS);
    const left = ["isTrusted", ...(this.#subject.members ?? [])];
    this.note(label, {
      is: `${event.constructor.name} ${Object.prototype.toString.call(event)}`,
      this: self,
      target: event.target,
      currentTarget: event.currentTarget,
      srcElement: event.srcElement,
      path: event.composedPath(),
      own: Reflect.ownKeys(event).filter((key) => !left.includes(key)),
      ...Object.fromEntries(fields.map((field) => [field, event[field]])),
    });
  }

  /** Notes what the socket says of itself at this moment. */
  state(label, socket, { buffered = false } = {}) {
    const fields = buffered ? [...SOCKET_FIELDS, "bufferedAmount"] : SOCKET_FIELDS;
    this.note(label, Object.fromEntries(fields.map((field) => [field, socket[field]])));
  }

  /** Resolves with the next event of this type that was not awaited yet: it may have come meanwhile. */
  next(socket, type) {
    this.own(socket);
    const { seen, waiting, taken } = this.#sockets.get(socket);
    const come = seen[type][taken[type]++];
    if (come) return Promise.resolve(come);
    return new Promise((resolve, reject) => {
      const failure = new Error(`no ${type} within ${PATIENCE_MS} ms; readyState is ${socket.readyState}`);
      const timer = setTimeout(() => reject(failure), PATIENCE_MS);
      const done = (event) => {
        clearTimeout(timer);
        resolve(event);
      };
      waiting[type].push(done);
      listen(socket, type, done);
    });
  }

  /** Resolves in a task of its own, after what was under way. */
  task() {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(0);
    });
  }

  /** Has the server do something to this run's connection: see the methods of server/connection.mjs. */
  tell(command, parameters = {}) {
    const body = JSON.stringify({ command, parameters });
    return this.#ask(`/tell/${this.id}`, { method: "POST", body });
  }

  /** What the server heard on this run's connection: see `heard` in server/run.mjs for `query`. */
  heard(query = {}) {
    return this.#ask(`/heard/${this.id}?${new URLSearchParams(query)}`);
  }

  /** Closes what is left open. */
  async end() {
    for (const socket of this.#sockets.keys()) this.WebSocket.prototype.close.call(socket);
    await this.#ask(`/over/${this.id}`);
  }

  /** The lines. The id, the port and the address are this run's own. */
  async lines() {
    const lines = await Promise.all(this.#lines);
    const port = new RegExp(`(:|%3A)${this.#port}\\b`, "g");
    const address = new RegExp(`\\b${this.#address}\\b`, "g");
    return lines.map((line) =>
      line.replaceAll(this.id, "ID").replace(port, "$1PORT").replace(address, "ADDRESS"),
    );
  }

  async #ask(path, init) {
    const answer = await fetch(path, init);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`the server: ${body}`);
    return JSON.parse(body);
  }

  #names() {
    const names = new Map([
      [globalThis, "global"],
      [this.WebSocket, "the class"],
      [this.WebSocket.prototype, "the prototype"],
      [this.Interface, "the class"],
      [this.Interface.prototype, "the prototype"],
    ]);
    for (const socket of this.#sockets.keys())
      names.set(socket, this.#sockets.size > 1 ? "a socket" : "the socket");
    return names;
  }
}

/** Whatever a subclass or another prototype makes of the socket. */
function listen(socket, type, listener, options) {
  EventTarget.prototype.addEventListener.call(socket, type, listener, options);
}
