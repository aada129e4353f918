import { binary, text } from "../frames.js";
import { connect, messages, open, take } from "../steps.js";

async function attemptTypes(t, socket, label) {
  const values = {
    arraybuffer: "arraybuffer",
    blob: "blob",
    "arraybuffer again": "arraybuffer",
    "an empty string": "",
    Blob: "Blob",
    ARRAYBUFFER: "ARRAYBUFFER",
    "with a space": "blob ",
    uint8array: "uint8array",
    null: null,
    undefined: undefined,
    zero: 0,
    "an object": {},
    "an object with toString": { toString: () => "blob" },
    "a String object": new String("arraybuffer"),
    "an array": ["blob"],
    "an object without toString": Object.create(null),
    "a symbol": Symbol("arraybuffer"),
    "a throwing toString": {
      toString() {
        throw new RangeError("mine");
      },
    },
  };
  t.note(`${label}: at first`, socket.binaryType);
  for (const [name, value] of Object.entries(values)) {
    t.attempt(`${label}: ${name}`, () => {
      socket.binaryType = value;
    });
    t.note("then", socket.binaryType);
  }
}

export default {
  section: "WHATWG WebSockets §3.1, binaryType",
  cases: {
    "binaryType takes two values in any state; others change nothing": async (t) => {
      const socket = connect(t);
      attemptTypes(t, socket, "connecting");
      await t.next(socket, "open");
      attemptTypes(t, socket, "open");
      const closed = t.next(socket, "close");
      socket.close();
      attemptTypes(t, socket, "closing");
      await closed;
      attemptTypes(t, socket, "closed");
    },

    "binary messages are Blobs by default": async (t) => {
      const socket = await open(t);
      const [data] = await take(t, socket, 1, binary([1, 2, 255]));
      t.note(
        "a Blob",
        data instanceof Blob,
        data.constructor === Blob,
        data.type,
        data.size,
        Reflect.ownKeys(data),
      );
    },

    "or ArrayBuffers of this realm, of fixed size": async (t) => {
      const socket = await open(t);
      socket.binaryType = "arraybuffer";
      const [data] = await take(t, socket, 1, binary([1, 2, 255]));
      t.note(
        "a buffer",
        data instanceof ArrayBuffer,
        data.constructor === ArrayBuffer,
        Reflect.ownKeys(data),
      );
      t.note("prototype", Object.getPrototypeOf(data) === ArrayBuffer.prototype);
      t.note("size", data.byteLength, data.resizable, data.maxByteLength, data.detached);
      new Uint8Array(data).fill(9);
      structuredClone(data, { transfer: [data] });
      t.note("it can be written and transferred", data.byteLength);
    },

    "each message has a buffer of its own": async (t) => {
      const socket = await open(t);
      socket.binaryType = "arraybuffer";
      const [one, two] = await take(t, socket, 2, binary([1]), binary([2]));
      t.note("different", one !== two);
      new Uint8Array(one).fill(9);
      t.note("the other", two);
    },

    "binaryType set before open counts": async (t) => {
      const socket = connect(t);
      socket.binaryType = "arraybuffer";
      await t.next(socket, "open");
      await take(t, socket, 1, binary([1]));
    },

    "binaryType set in the open handler counts for what came with the handshake": async (t) => {
      const socket = connect(t, { with: binary([1]) + text("two") });
      socket.addEventListener("open", () => {
        socket.binaryType = "arraybuffer";
      });
      await messages(socket, 2);
    },

    "binaryType changed between messages": async (t) => {
      const socket = await open(t);
      for (const type of ["arraybuffer", "blob", "blob", "arraybuffer"]) {
        socket.binaryType = type;
        await take(t, socket, 2, binary([1, 2]), text("text"));
      }
    },

    "binaryType changed within a handler counts for the next message": async (t) => {
      const socket = await open(t);
      const next = ["arraybuffer", "blob", "blob", "arraybuffer", "blob"];
      socket.addEventListener("message", () => {
        socket.binaryType = next.shift();
      });
      await take(t, socket, 5, ...[1, 2, 3, 4, 5].map((byte) => binary([byte])));
    },

    "binaryType changed by one listener does not change the data for the next": async (t) => {
      const socket = await open(t);
      socket.addEventListener("message", ({ data }) => {
        socket.binaryType = "arraybuffer";
        t.note("first", data);
      });
      socket.addEventListener("message", ({ data }) => t.note("second", data));
      await take(t, socket, 2, binary([1]), binary([2]));
    },
  },
};
