import { BAD_CODES, BAD_REASONS, CODES, REASONS } from "../closings.js";
import { binary, close, text } from "../frames.js";
import { bring, connect, each, noteClosing, noteState, open } from "../steps.js";

const MIB = 1024 * 1024;

function attemptClose(t, socket, name, ...args) {
  t.attempt(`close ${name}`, () => socket.close(...args));
  noteState(t, "then", socket);
}

function logging(t, name, value) {
  const convert = (how) => {
    t.note(`${name}.${how}`);
    if (value instanceof Error) throw value;
    return value;
  };
  return { valueOf: () => convert("valueOf"), toString: () => convert("toString") };
}

export default {
  section: "WHATWG WebSockets §3.1, close()",
  cases: {
    "without arguments": async (t) => {
      const socket = await open(t);
      await noteClosing(t, socket);
      noteState(t, "in the end", socket);
    },

    ...each(
      CODES,
      (name) => `code ${name}`,
      async (t, make) => {
        await noteClosing(t, await open(t), make());
      },
    ),

    ...each(
      REASONS,
      (name) => `reason ${name}`,
      async (t, make) => {
        await noteClosing(t, await open(t), 3000, make());
      },
    ),

    // Browsers disagree on a reason without a code.
    ...each(
      {
        null: () => null,
        empty: () => "",
        text: () => "enough",
        "123 bytes": () => "x".repeat(123),
        "124 bytes": () => "x".repeat(124),
        "a symbol": () => Symbol("s"),
      },
      (name) => `no code, reason ${name}`,
      async (t, make) => {
        await noteClosing(t, await open(t), undefined, make());
      },
    ),

    "codes that are refused, in each state": (t) =>
      inEachState(t, BAD_CODES, (socket, make) => socket.close(make())),

    "reasons that are refused, in each state": (t) =>
      inEachState(t, BAD_REASONS, (socket, make) => socket.close(1000, make())),

    "the arguments are converted in order, and before they are judged": async (t) => {
      const socket = await open(t);
      const fault = new RangeError("mine");
      attemptClose(
        t,
        socket,
        "bad code, throwing reason",
        logging(t, "code", 1),
        logging(t, "reason", fault),
      );
      attemptClose(t, socket, "throwing code", logging(t, "code", fault), logging(t, "reason", "x"));
      attemptClose(t, socket, "bad code, bad reason", 1, "x".repeat(124));
      attemptClose(t, socket, "bad code, reason", logging(t, "code", 1), logging(t, "reason", "x"));
      attemptClose(t, socket, "bad code, symbol", 1, Symbol("s"));
      attemptClose(t, socket, "symbol, bad reason", Symbol("s"), "x".repeat(124));
      attemptClose(
        t,
        socket,
        "both",
        logging(t, "code", 3000),
        logging(t, "reason", "x"),
        logging(t, "third", fault),
      );
      await t.next(socket, "close");
      attemptClose(t, socket, "when closed", logging(t, "code", 3000), logging(t, "reason", "x"));
      attemptClose(t, socket, "when closed, throwing", logging(t, "code", fault));
    },

    "a close within a conversion": async (t) => {
      const socket = await open(t);
      const closed = t.next(socket, "close");
      const code = {
        valueOf() {
          socket.close(3001, "inner");
          t.note("within", socket.readyState);
          return 3002;
        },
      };
      attemptClose(t, socket, "outer", code, "outer");
      await closed;
      t.note("the server heard", (await t.heard({ closed: true })).close);
    },

    // In Firefox's workers close() takes a moment to get to the socket: it may open and close in order meanwhile, were it answered.
    "while connecting: error, then close 1006, never open": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      attemptClose(t, socket, "at once");
      await t.next(socket, "close");
      noteState(t, "in the end", socket);
    },

    "while connecting, with code and reason": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      attemptClose(t, socket, "at once", 3000, "never mind");
      await t.next(socket, "close");
      noteState(t, "in the end", socket);
    },

    "while connecting, when the handshake has reached the server": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      // Answers once there is a connection.
      await t.tell("pause");
      noteState(t, "before", socket);
      const closed = t.next(socket, "close");
      attemptClose(t, socket, "later", 3000, "never mind");
      await closed;
      noteState(t, "in the end", socket);
    },

    "while connecting, twice": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      attemptClose(t, socket, "once");
      attemptClose(t, socket, "twice", 3000);
      attemptClose(t, socket, "with a bad code", 1);
      await t.next(socket, "close");
    },

    "while connecting, in the handlers of what follows": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      for (const type of ["error", "close"]) {
        socket.addEventListener(type, () => attemptClose(t, socket, `in ${type}`, 3000, "again"));
      }
      attemptClose(t, socket, "once");
      await t.next(socket, "close");
      await t.task();
      noteState(t, "in the end", socket);
    },

    "twice: the first counts": async (t) => {
      const socket = await open(t);
      const closed = t.next(socket, "close");
      attemptClose(t, socket, "once", 3001, "first");
      attemptClose(t, socket, "twice", 3002, "second");
      attemptClose(t, socket, "without arguments");
      await closed;
      t.note("the server heard", (await t.heard({ closed: true })).close);
      attemptClose(t, socket, "when closed", 3003, "third");
      await t.task();
      noteState(t, "in the end", socket);
    },

    "it fires nothing by itself in the same task": async (t) => {
      const socket = await open(t);
      let during = true;
      const fired = [];
      for (const type of ["error", "close"]) socket.addEventListener(type, () => fired.push([type, during]));
      const closed = t.next(socket, "close");
      socket.close();
      await Promise.resolve();
      t.note("after a microtask", socket.readyState, fired);
      during = false;
      await closed;
      t.note("in the end", fired);
    },

    "in an open handler": async (t) => {
      const socket = connect(t);
      socket.addEventListener("open", () => attemptClose(t, socket, "in open", 3000, "so soon"));
      await t.next(socket, "close");
      t.note("the server heard", (await t.heard({ closed: true })).close);
    },

    "in an open handler, when messages have come already": async (t) => {
      const socket = connect(t, { with: text("one") + binary([2]) });
      socket.addEventListener("open", () => attemptClose(t, socket, "in open"));
      await t.next(socket, "close");
    },

    "in a message handler": async (t) => {
      const socket = await open(t);
      socket.addEventListener("message", () => attemptClose(t, socket, "in message", 3000, "heard enough"));
      await bring(t, socket, "close", "write", { bytes: text("one") });
      t.note("the server heard", (await t.heard({ closed: true })).close);
    },

    "in a message handler, with more messages in the same piece": async (t) => {
      const socket = await open(t);
      socket.addEventListener("message", () => attemptClose(t, socket, "in message", 3000));
      await bring(t, socket, "close", "write", { bytes: text("one") + text("two") + binary([3]) });
    },

    "in a message handler, with the server's close in the same piece": async (t) => {
      const socket = await open(t);
      socket.addEventListener("message", () => attemptClose(t, socket, "in message", 3000, "mine"));
      await bring(t, socket, "close", "close", { bytes: text("one") + close(4000, "yours") });
    },

    "in the error and close handlers of a failed handshake": async (t) => {
      const socket = connect(t, { head: "HTTP/1.1 404 Not Found" });
      for (const type of ["error", "close"]) {
        socket.addEventListener(type, () => attemptClose(t, socket, `in ${type}`, 3000, "again"));
      }
      await t.next(socket, "close");
      await t.task();
      noteState(t, "in the end", socket);
    },

    "in a close handler": async (t) => {
      const socket = await open(t);
      socket.addEventListener("close", () => attemptClose(t, socket, "in close", 3000, "again"));
      await bring(t, socket, "close", "close", { bytes: close(1000) });
      await t.task();
      noteState(t, "in the end", socket);
    },

    "while several MiB are on their way: they arrive first": async (t) => {
      const socket = await open(t);
      await t.tell("pause");
      for (let round = 0; round < 6; round++) socket.send(new Uint8Array(MIB).fill(round));
      socket.send("x".repeat(MIB));
      const closed = t.next(socket, "close");
      attemptClose(t, socket, "meanwhile", 3000, "all sent");
      await t.tell("resume");
      await closed;
      const { messages, close: heard } = await t.heard({ closed: true });
      t.note("the server heard", messages, heard);
      noteState(t, "in the end", socket);
    },
  },
};

/** Attempts a call with each of some values, by name, in each state of a socket. */
async function inEachState(t, values, call) {
  const socket = connect(t);
  const all = (state) => {
    for (const [name, make] of Object.entries(values)) {
      t.attempt(`${state}: ${name}`, () => call(socket, make));
    }
    noteState(t, state, socket);
  };
  all("connecting");
  await t.next(socket, "open");
  all("open");
  const closed = t.next(socket, "close");
  socket.close(1000);
  all("closing");
  await closed;
  all("closed");
}
