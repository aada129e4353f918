// What the tests need of the page they run in.

// As they are before a test watches them.
const { setTimeout, clearTimeout } = globalThis;

const mishaps = [];
let worried;

function mishap(what) {
  mishaps.push(String(what));
  worried?.();
}

addEventListener("error", ({ message }) => mishap(message));
addEventListener("unhandledrejection", ({ reason }) => mishap(reason));

/** What was thrown that nobody caught since the last call. */
export function takeMishaps() {
  return mishaps.splice(0).join("\n");
}

/** Complains after `ms`, or when something is thrown that nobody catches. */
export class Patience {
  #timer;

  constructor(ms, complain) {
    this.#timer = setTimeout(() => complain(`nothing for ${ms} ms (is the demo server up?)`), ms);
    worried = () => complain(takeMishaps());
    if (mishaps.length > 0) worried();
  }

  end() {
    clearTimeout(this.#timer);
    worried = undefined;
  }
}

/** Resolves when everything that is due has run. */
export async function turn() {
  await new Promise((resolve) => setTimeout(resolve));
}

/** Asks the demo server for a fault. This page may not read the answer, but it sees that there is one. */
export async function askForFault(fault) {
  await fetch("http://127.0.0.1:7357/faults", { method: "POST", mode: "no-cors", body: fault }).catch(
    () => {},
  );
}

export function openWebSocket(url) {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  return socket;
}

export function readyState(socket) {
  return socket.readyState;
}

/** A message as text: the bytes of a binary one. */
export function describe({ data }) {
  return typeof data === "string" ? data : `bytes ${new Uint8Array(data)}`;
}

/** Fires an event as the browser would, at the window or at the document. */
export function fire(name, persisted) {
  if (name.startsWith("page")) dispatchEvent(new PageTransitionEvent(name, { persisted }));
  else if (name.endsWith("line")) dispatchEvent(new Event(name));
  else document.dispatchEvent(new Event(name));
}

/** Puts `make(original)` in the place of a global function. Returns what undoes it. */
function wrap(name, make) {
  const original = globalThis[name];
  globalThis[name] = make(original);
  return () => {
    globalThis[name] = original;
  };
}

/** Counts the timers of the page until its end. */
export class TimerWatch {
  #pending = new Set();
  #started = 0;
  #undo;

  constructor() {
    const undoSet = wrap("setTimeout", (set) => (run, ...rest) => {
      const name = set(
        (...args) => {
          this.#pending.delete(name);
          run(...args);
        },
        ...rest,
      );
      this.#pending.add(name);
      this.#started += 1;
      return name;
    });
    const undoClear = wrap("clearTimeout", (clear) => (name) => {
      this.#pending.delete(name);
      clear(name);
    });
    this.#undo = () => {
      undoSet();
      undoClear();
    };
  }

  get pending() {
    return this.#pending.size;
  }

  get started() {
    return this.#started;
  }

  end() {
    this.#undo();
  }
}

/** Counts the listeners at the window until its end. */
export class ListenerWatch {
  #present = 0;
  #undo;

  constructor() {
    const undoAdd = wrap("addEventListener", (add) => (...args) => {
      this.#present += 1;
      add(...args);
    });
    const undoRemove = wrap("removeEventListener", (remove) => (...args) => {
      this.#present -= 1;
      remove(...args);
    });
    this.#undo = () => {
      undoAdd();
      undoRemove();
    };
  }

  get present() {
    return this.#present;
  }

  end() {
    this.#undo();
  }
}
