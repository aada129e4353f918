import { close } from "../frames.js";
import { attemptSend, bring, connect, converted, noteHeard, noteState, open } from "../steps.js";
import { KINDS, TEXTS } from "../values.js";

const MIB = 1024 * 1024;

/** Every kind of value in a state other than open. */
function sendEach(t, socket) {
  for (const [name, make] of Object.entries(KINDS)) attemptSend(t, socket, name, make());
}

/** Resolves when all is sent; the amount may only fall meanwhile. */
async function drain(t, socket) {
  for (let last = socket.bufferedAmount; last > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (socket.bufferedAmount > last) t.note("bufferedAmount grew");
    last = socket.bufferedAmount;
  }
  t.note("bufferedAmount in the end", socket.bufferedAmount);
}

export default {
  section: "WHATWG WebSockets §3.1, send() in each state, and bufferedAmount",
  cases: {
    "while connecting it throws InvalidStateError": async (t) => {
      const socket = connect(t);
      sendEach(t, socket);
      noteState(t, "after", socket);
      await t.next(socket, "open");
      noteState(t, "open", socket);
      await noteHeard(t, socket);
    },

    "while connecting the argument is converted first": async (t) => {
      const socket = connect(t);
      attemptSend(t, socket, "nothing at all");
      attemptSend(t, socket, "a symbol", Symbol("s"));
      attemptSend(t, socket, "an object", converted(t, "text"));
      attemptSend(t, socket, "a throwing toString", converted(t, new RangeError("mine")));
      attemptSend(t, socket, "an object without toString", Object.create(null));
      await t.next(socket, "open");
    },

    "after a close() while connecting": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      socket.close();
      sendEach(t, socket);
      await t.next(socket, "close");
      noteState(t, "closed", socket);
      sendEach(t, socket);
    },

    "after close() what is sent is lost, and counted for ever": async (t) => {
      const socket = await open(t);
      const closed = t.next(socket, "close");
      socket.close();
      sendEach(t, socket);
      await closed;
      noteState(t, "closed", socket);
      sendEach(t, socket);
      noteState(t, "in the end", socket);
      t.note("the server heard", (await t.heard()).messages);
    },

    "after the server's close what is sent is lost, and counted for ever": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close(4000, "enough") });
      noteState(t, "closed", socket);
      sendEach(t, socket);
      noteState(t, "in the end", socket);
    },

    "after a failed handshake what is sent is lost, and counted for ever": async (t) => {
      const socket = connect(t, { head: "HTTP/1.1 404 Not Found" });
      await t.next(socket, "close");
      sendEach(t, socket);
      noteState(t, "in the end", socket);
    },

    "after the end conversion still throws": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close(1000) });
      attemptSend(t, socket, "nothing at all");
      attemptSend(t, socket, "a symbol", Symbol("s"));
      attemptSend(t, socket, "a throwing toString", converted(t, new RangeError("mine")));
      attemptSend(t, socket, "an object", converted(t, "text"));
    },

    "bufferedAmount counts UTF-8 bytes": async (t) => {
      const socket = await open(t);
      for (const [name, make] of Object.entries(TEXTS)) attemptSend(t, socket, name, make());
      await drain(t, socket);
      attemptSend(t, socket, "more", "é");
      await drain(t, socket);
    },

    "bufferedAmount does not fall within a task": async (t) => {
      const socket = await open(t);
      socket.send(new Uint8Array(MIB));
      const first = socket.bufferedAmount;
      for (const until = performance.now() + 50; performance.now() < until; );
      t.note("after 50 ms", first, socket.bufferedAmount);
      await Promise.resolve();
      t.note("after a microtask", socket.bufferedAmount);
      await drain(t, socket);
    },

    "several MiB": async (t) => {
      const socket = await open(t);
      attemptSend(t, socket, "2 MiB of bytes", new Uint8Array(2 * MIB).fill(7));
      attemptSend(t, socket, "2 MiB of letters", "x".repeat(2 * MIB));
      attemptSend(t, socket, "6 MiB of €", "€".repeat(2 * MIB));
      attemptSend(t, socket, "a blob of 3 MiB", new Blob([new Uint8Array(3 * MIB).fill(9)]));
      await noteHeard(t, socket);
      await drain(t, socket);
    },

    "several MiB to a server that does not read yet": async (t) => {
      const socket = await open(t);
      await t.tell("pause");
      for (let round = 0; round < 8; round++) {
        attemptSend(t, socket, `MiB ${round}`, new Uint8Array(MIB).fill(round));
      }
      await t.tell("resume");
      await drain(t, socket);
      await noteHeard(t, socket);
    },
  },
};
