import { binary, close, frame, text } from "../frames.js";
import { bring, connect, messages, noteState, open, pause, say, take } from "../steps.js";

const MIB = 1024 * 1024;
const HUGE = 100 * MIB;

export default {
  section: "WHATWG WebSockets §3.2, messages; RFC 6455 §5, frames",
  cases: {
    "text is what the server said, exactly": async (t) => {
      const socket = await open(t);
      const all = [
        "",
        "a",
        "a\0b",
        "grüße €😀",
        "\ufeffbyte order mark",
        "\r\n",
        "\uffff",
        "\u{10ffff}",
        "e\u0301",
      ];
      await take(t, socket, all.length, ...all.map(text));
    },

    "lengths around those that frames tell in another way": async (t) => {
      const socket = await open(t);
      socket.binaryType = "arraybuffer";
      const sizes = [0, 1, 125, 126, 127, 65535, 65536, 65537];
      for (const size of sizes) {
        await take(t, socket, 2, binary(new Uint8Array(size).fill(7)), text("x".repeat(size)));
      }
    },

    "empty messages": async (t) => {
      const socket = await open(t);
      await take(t, socket, 2, text(""), binary([]));
      socket.binaryType = "arraybuffer";
      await take(t, socket, 2, binary([]), text(""));
    },

    "messages come in order: a text never overtakes a Blob": async (t) => {
      const socket = await open(t);
      const frames = [];
      for (let round = 0; round < 20; round++) {
        frames.push(binary(new Uint8Array((20 - round) * 500).fill(round)), text(`text ${round}`));
      }
      await take(t, socket, frames.length, ...frames);
    },

    "nor when the Blobs are read": async (t) => {
      const socket = await open(t);
      const reads = [];
      const order = [];
      socket.addEventListener("message", ({ data }) => {
        order.push(typeof data === "string" ? data : "blob");
        if (data instanceof Blob) reads.push(data.text());
      });
      const frames = [];
      for (let round = 0; round < 20; round++) {
        frames.push(binary(`blob ${round}`), text(`text ${round}`));
      }
      await take(t, socket, frames.length, ...frames);
      t.note("order", order);
      t.note("read", await Promise.all(reads));
    },

    "a big Blob first, then a text": async (t) => {
      const socket = await open(t);
      const both = messages(socket, 2);
      await t.tell("flood", { size: 8 * MIB, type: "binary" });
      await say(t, text("after"));
      await both;
    },

    "each message has a task of its own, microtasks done between": async (t) => {
      const socket = await open(t);
      socket.addEventListener("message", async ({ data }) => {
        t.note("handler", data);
        for (let turn = 0; turn < 5; turn++) await null;
        t.note("microtasks done", data);
      });
      await take(t, socket, 3, text("1"), text("2"), text("3"));
    },

    "many in one piece": async (t) => {
      const socket = t.own(new t.WebSocket(t.ownUrl("/wire")));
      await t.next(socket, "open");
      const data = await take(
        t,
        socket,
        2000,
        ...Array.from({ length: 2000 }, (_, index) => text(`${index}`)),
      );
      t.note(
        "in order",
        data.every((item, index) => item === `${index}`),
      );
    },

    "fragments make one message": async (t) => {
      const socket = await open(t);
      // The € is cut in three.
      await take(
        t,
        socket,
        1,
        frame("text", [0x61, 0xe2], { final: false }),
        frame("continuation", [0x82], { final: false }),
        frame("continuation", [], { final: false }),
        frame("continuation", [0xac, 0x62]),
      );
      await take(
        t,
        socket,
        2,
        frame("binary", [], { final: false }),
        frame("continuation", [1, 2], { final: false }),
        frame("continuation", []),
        frame("text", "", { final: false }),
        frame("continuation", ""),
      );
    },

    "pings and pongs between fragments are none of the user's": async (t) => {
      const socket = await open(t);
      await take(
        t,
        socket,
        1,
        frame("ping", "before"),
        frame("text", "a", { final: false }),
        frame("ping", ""),
        frame("continuation", "b", { final: false }),
        frame("pong", "unasked"),
        frame("ping", "x".repeat(125)),
        frame("continuation", "c"),
      );
      t.note("pongs", (await t.heard({ pongs: 3 })).pongs);
    },

    "messages that come with the handshake": async (t) => {
      const socket = connect(t, { with: text("one") + binary([2]) + frame("ping", "three") + text("four") });
      await messages(socket, 3);
    },

    "messages right before the server's close": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", {
        bytes: text("one") + binary([2]) + text("three") + close(4000, "last"),
      });
    },

    "messages and a close with the handshake": async (t) => {
      const socket = connect(t, { with: text("one") + binary([2]) + close(4000, "that is all") });
      await t.next(socket, "close");
    },

    "messages after close(), until the server answers it": async (t) => {
      const socket = await open(t, { hold: "close" });
      const closed = t.next(socket, "close");
      socket.close(3000);
      noteState(t, "closing", socket);
      await t.heard({ close: true });
      await t.tell("fin", { bytes: text("late") + binary([1]) + close(3000) });
      await closed;
    },

    "a message to nobody is gone": async (t) => {
      const socket = t.own(new t.WebSocket(t.ownUrl("/wire", { with: text("one") })));
      await t.next(socket, "open");
      await t.next(socket, "message");
      await t.task();
      t.watch(socket);
      await take(t, socket, 1, text("two"));
    },

    "a handler that throws does not stop the next message": {
      // Elsewhere the error is the scope's own: see events.js.
      scopes: ["window"],
      run: async (t) => {
        const socket = await open(t);
        const quiet = (event) => event.preventDefault();
        addEventListener("error", quiet);
        socket.addEventListener("message", () => {
          throw new RangeError("mine");
        });
        await take(t, socket, 2, text("one"), text("two"));
        removeEventListener("error", quiet);
      },
    },

    "8 MiB of each kind": async (t) => {
      const socket = await open(t);
      for (const binaryType of ["blob", "arraybuffer"]) {
        socket.binaryType = binaryType;
        await bring(t, socket, "message", "flood", { size: 8 * MIB, type: "binary" });
      }
      await bring(t, socket, "message", "flood", { size: 8 * MIB, type: "text" });
    },

    "100 MiB as an ArrayBuffer": { ...huge(), run: (t) => receiveHuge(t, "arraybuffer") },
    "100 MiB as a Blob": { ...huge(), run: (t) => receiveHuge(t, "blob") },
    "100 MiB sent": {
      ...huge(),
      run: async (t) => {
        const socket = await open(t);
        const bytes = new Uint8Array(HUGE);
        for (let at = 0; at < HUGE; at += 4096) bytes[at] = at >> 12;
        socket.send(bytes);
        t.note("bufferedAmount", socket.bufferedAmount);
        // The server has less patience.
        let { messages } = await t.heard();
        while (messages.length === 0) {
          await pause(200);
          ({ messages } = await t.heard());
        }
        t.note("the server heard", messages);
      },
    },
  },
};

/** Big things need room and time. */
function huge() {
  return { scopes: ["window"], subjects: ["native", "strict"], alone: true, patience: 120_000 };
}

async function receiveHuge(t, binaryType) {
  const socket = await open(t);
  socket.binaryType = binaryType;
  await Promise.all([messages(socket, 1), t.tell("flood", { size: HUGE, type: "binary" })]);
}
