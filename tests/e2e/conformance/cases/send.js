import { close } from "../frames.js";
import { attemptSend, bring, connect, converted, noteHeard, noteState, open } from "../steps.js";
import { BUFFERS, STRINGIFIED, TEXTS, VIEWS } from "../values.js";

const MIB = 1024 * 1024;

/** Sends each of `values` in one task; notes each outcome, and what the server heard. */
async function sendAll(t, values) {
  const socket = await open(t);
  for (const [name, make] of Object.entries(values)) attemptSend(t, socket, name, make());
  await noteHeard(t, socket);
}

async function sendAndClose(t, values) {
  const socket = await open(t);
  const closed = t.next(socket, "close");
  for (const value of values) socket.send(value);
  socket.close(3000, "sent");
  attemptSend(t, socket, "too late", "too late");
  await closed;
  const { messages, close } = await t.heard({ closed: true });
  t.note("the server heard", messages, close);
}

export default {
  section: "WHATWG WebSockets §3.1, send()",
  cases: {
    "text arrives as UTF-8": (t) => sendAll(t, TEXTS),

    "blobs and files arrive as binary messages": (t) =>
      sendAll(t, {
        blob: () => new Blob(["grüße"], { type: "text/plain" }),
        "empty blob": () => new Blob(),
        "blob of parts": () => new Blob(["a", new Uint8Array([0, 255]), new Blob(["b"])]),
        "slice of a blob": () => new Blob(["0123456789"]).slice(2, 5, "a/b"),
        "empty slice": () => new Blob(["0123456789"]).slice(5, 5),
        file: () => new File(["in a file"], "name.txt", { type: "text/plain" }),
        "instance of a subclass": () => new (class extends Blob {})(["sub"]),
        "blob with another toStringTag": () =>
          Object.defineProperty(new Blob(["tag"]), Symbol.toStringTag, { value: "Other" }),
        "blob with another prototype": () => Object.setPrototypeOf(new Blob(["proto"]), null),
        "blob with own toString and size": () =>
          Object.defineProperties(new Blob(["own"]), {
            toString: { value: () => "no" },
            size: { value: 99 },
          }),
      }),

    "buffers arrive as binary messages": (t) => sendAll(t, BUFFERS),

    "a typed array or DataView sends its own part of the buffer": (t) => sendAll(t, VIEWS),

    "a buffer with another prototype is a buffer": (t) =>
      sendAll(t, {
        ArrayBuffer: () => Object.setPrototypeOf(new ArrayBuffer(2), null),
        "typed array": () => Object.setPrototypeOf(new Uint8Array([1, 2, 3]), null),
        DataView: () => Object.setPrototypeOf(new DataView(new ArrayBuffer(4)), null),
      }),

    "other values are sent as strings": (t) => sendAll(t, STRINGIFIED),

    "what cannot be converted throws, and nothing is sent": async (t) => {
      const socket = await open(t);
      attemptSend(t, socket, "nothing at all");
      attemptSend(t, socket, "a symbol", Symbol("s"));
      attemptSend(t, socket, "an object without toString", Object.create(null));
      attemptSend(t, socket, "a throwing toString", converted(t, new RangeError("mine")));
      attemptSend(
        t,
        socket,
        "a proxy of a buffer whose trap throws",
        new Proxy(new ArrayBuffer(1), { get: null }),
      );
      noteState(t, "after", socket);
      await noteHeard(t, socket);
    },

    "an object is converted once, by toString": async (t) => {
      const socket = await open(t);
      attemptSend(t, socket, "an object", converted(t, "text"));
      attemptSend(t, socket, "an object whose toString gives a number", converted(t, 5));
      attemptSend(t, socket, "an object whose toString gives an object", converted(t, {}));
      attemptSend(t, socket, "an object with toPrimitive", {
        [Symbol.toPrimitive](hint) {
          t.note("toPrimitive", hint);
          return "primitive";
        },
      });
      await noteHeard(t, socket);
    },

    "further arguments are not looked at": async (t) => {
      const socket = await open(t);
      const second = {
        get ttl() {
          t.note("ttl was read");
          return -1;
        },
      };
      attemptSend(t, socket, "with an object", "a", second);
      attemptSend(t, socket, "with null", "b", null);
      attemptSend(t, socket, "with a symbol", "c", Symbol.iterator, 1);
      attemptSend(t, socket, "with a ttl out of range", "d", { ttl: Number.NaN });
      await noteHeard(t, socket);
    },

    "a close within toString counts": async (t) => {
      const socket = await open(t);
      const closed = t.next(socket, "close");
      const value = {
        toString() {
          socket.close(3001);
          return "too late";
        },
      };
      attemptSend(t, socket, "what closes", value);
      noteState(t, "after", socket);
      await closed;
      t.note("the server heard", (await t.heard()).messages);
    },

    "a send within toString goes before": async (t) => {
      const socket = await open(t);
      const value = {
        toString() {
          socket.send("first");
          return "second";
        },
      };
      attemptSend(t, socket, "what sends", value);
      await noteHeard(t, socket);
    },

    "within each handler": async (t) => {
      const socket = connect(t);
      for (const type of ["open", "message", "close"]) {
        socket.addEventListener(type, () => attemptSend(t, socket, `in ${type}`, `from ${type}`));
      }
      await t.next(socket, "open");
      await bring(t, socket, "message", "write", { bytes: "810161" });
      await bring(t, socket, "close", "close", { bytes: close(1000) });
      t.note("the server heard", (await t.heard()).messages);
    },

    "a failed connection's error handler sends": async (t) => {
      const socket = connect(t, { head: "HTTP/1.1 404 Not Found" });
      socket.addEventListener("error", () => attemptSend(t, socket, "in error", "lost"));
      await t.next(socket, "close");
      noteState(t, "in the end", socket);
    },

    "bytes are taken when send is called": async (t) => {
      const socket = await open(t);
      const bytes = new Uint8Array([1, 2, 3, 4]);
      for (const value of [bytes, bytes.buffer, bytes.subarray(1, 3), new DataView(bytes.buffer, 2)]) {
        socket.send(value);
        bytes.fill(bytes[0] + 10);
      }
      socket.send(new Blob([bytes]));
      bytes.fill(0);
      socket.send(bytes.buffer);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      t.note("detached", bytes.byteLength);
      await noteHeard(t, socket);
    },

    "blobs, texts and buffers arrive in the order sent": async (t) => {
      const socket = await open(t);
      for (let round = 0; round < 10; round++) {
        socket.send(new Blob([`blob ${round} `.repeat(round * 1000)]));
        socket.send(`text ${round}`);
        socket.send(new TextEncoder().encode(`buffer ${round}`));
        socket.send(new File([`file ${round}`], "f"));
      }
      t.note("bufferedAmount", socket.bufferedAmount);
      await noteHeard(t, socket);
    },

    "what was sent before close() arrives": (t) =>
      sendAndClose(t, ["y".repeat(MIB), new Uint8Array(MIB), "z".repeat(MIB)]),

    "a Blob that was sent before close() arrives": {
      // WebKit may close before it has read the Blob, which is then lost with all that follows.
      browsers: ["chromium", "firefox"],
      run: (t) => sendAndClose(t, [new Blob(["x".repeat(MIB)]), "y".repeat(MIB), new Uint8Array(MIB)]),
    },

    "a buffer of another realm is a buffer": {
      scopes: ["window"],
      run: async (t) => {
        const socket = await open(t);
        const frame = document.body.appendChild(document.createElement("iframe"));
        const { contentWindow: other } = frame;
        attemptSend(t, socket, "ArrayBuffer", new other.ArrayBuffer(3));
        attemptSend(t, socket, "Uint16Array", new other.Uint16Array([1, 2]));
        attemptSend(t, socket, "Blob", new other.Blob(["other"]));
        attemptSend(t, socket, "String", new other.String("text"));
        await noteHeard(t, socket);
        frame.remove();
      },
    },
  },
};
