import { close, frame, text } from "../frames.js";
import { bring, connect, each, noteState, open, pause, say } from "../steps.js";

const MIB = 1024 * 1024;

/** What a server may say in its close frame, and what not (RFC 6455 §7.4). */
const SERVER_CODES = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4400, 4499, 4999,
];
const BAD_SERVER_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

/** What a server may not send: the client fails the connection (RFC 6455 §5, §7.1.7, §8.1). */
const PROTOCOL_ERRORS = {
  "a masked frame": frame("text", "x", { masked: true }),
  "reserved bit 1 without an extension": frame("text", "x", { rsv: 4 }),
  "reserved bit 2": frame("text", "x", { rsv: 2 }),
  "reserved bit 3": frame("text", "x", { rsv: 1 }),
  "opcode 3": frame(3, "x"),
  "opcode 11": frame(11, "x"),
  "text that is not UTF-8": frame("text", [0x61, 0xff, 0x62]),
  "text that ends within a character": frame("text", [0xe2, 0x82]),
  "a surrogate in UTF-8": frame("text", [0xed, 0xa0, 0x80]),
  "an overlong character": frame("text", [0xc0, 0xaf]),
  "a code point beyond the last": frame("text", [0xf4, 0x90, 0x80, 0x80]),
  "fragments that are not UTF-8 together":
    frame("text", [0xe2, 0x82], { final: false }) + frame("continuation", [0x61]),
  "a continuation of nothing": frame("continuation", "x"),
  "a new message within a fragmented one": frame("text", "a", { final: false }) + text("b"),
  "a fragmented ping": frame("ping", "x", { final: false }),
  "a ping of 126 bytes": frame("ping", "x".repeat(126)),
  "a fragmented close frame": frame("close", [3, 232], { final: false }),
  "a close frame of 126 bytes": frame("close", [3, 232, ...new Array(124).fill(97)]),
  "a close frame of one byte": frame("close", [3]),
  "a close reason that is not UTF-8": frame("close", [3, 232, 0xff]),
  "a length of more than 63 bits": frame("binary", "", { length: [127, 0x80, 0, 0, 0, 0, 0, 0, 0] }),
};

export default {
  section: "WHATWG WebSockets §3.2 and RFC 6455 §7, how a connection ends",
  cases: {
    "from the server, without a code": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close() });
      noteState(t, "in the end", socket);
      t.note("the server heard", (await t.heard({ closed: true })).close);
    },

    ...Object.fromEntries(
      SERVER_CODES.map((code) => [
        `from the server, ${code}`,
        async (t) => {
          const socket = await open(t);
          await bring(t, socket, "close", "close", { bytes: close(code, `grüße ${code}`) });
          noteState(t, "in the end", socket);
          t.note("the server heard", (await t.heard({ closed: true })).close);
        },
      ]),
    ),

    ...Object.fromEntries(
      BAD_SERVER_CODES.map((code) => [
        `from the server, ${code}, which is not to be sent`,
        async (t) => {
          const socket = await open(t);
          await bring(t, socket, "close", "close", { bytes: close(code, "wrong") });
          noteState(t, "in the end", socket);
        },
      ]),
    ),

    "from the server, with the longest reason": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close(4000, "€".repeat(41)) });
    },

    "from the server, with a reason that starts with a byte order mark": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close(4000, "\ufeffx\0y") });
    },

    "from the server, with the handshake": async (t) => {
      const socket = connect(t, { with: close(4001, "not you") });
      await t.next(socket, "open");
      await t.next(socket, "close");
    },

    "from the server, with more behind it": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "close", { bytes: close(4001, "last") + text("after") + close(4002) });
    },

    "from both sides: the server's counts that comes in place of an answer": async (t) => {
      const socket = await open(t, { hold: "close" });
      socket.close(3001, "mine");
      // Heard, and not answered.
      await t.heard({ close: true });
      await bring(t, socket, "close", "fin", { bytes: close(4001, "yours") });
      noteState(t, "in the end", socket);
    },

    "the server answers without a code": async (t) => {
      const socket = await open(t, { hold: "close" });
      socket.close(3001, "mine");
      await t.heard({ close: true });
      await bring(t, socket, "close", "fin", { bytes: close() });
    },

    "the server answers by the end of the connection": async (t) => {
      const socket = await open(t, { hold: "close" });
      socket.close(3001, "mine");
      await t.heard({ close: true });
      await bring(t, socket, "close", "fin");
    },

    "the server answers by a wrong frame": async (t) => {
      const socket = await open(t, { hold: "close" });
      socket.close(3001, "mine");
      await t.heard({ close: true });
      await bring(t, socket, "close", "fin", { bytes: frame(3, "x") });
    },

    // Browsers themselves give up after 5 s (WebKit), or 20 s at least.
    "the server answers late": {
      // It takes long everywhere.
      scopes: ["window"],
      patient: true,
      run: async (t) => {
        const socket = await open(t, { hold: "close" });
        socket.close(3001, "mine");
        await t.heard({ close: true });
        const isWebKit = /AppleWebKit(?!.*Chrome)/.test(navigator.userAgent);
        await pause(isWebKit ? 3000 : 8000);
        noteState(t, "meanwhile", socket);
        await bring(t, socket, "close", "fin", { bytes: close(3001, "mine") });
      },
    },

    "the connection ends by a FIN": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "fin");
      noteState(t, "in the end", socket);
    },

    "the connection ends by a FIN right after a message": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "fin", { bytes: text("last") });
    },

    "the connection ends within a frame": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "fin", { bytes: text("a long message").slice(0, -8) });
    },

    "the connection ends within a fragmented message": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "fin", { bytes: frame("text", "part", { final: false }) });
    },

    "the connection is reset": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "reset");
      noteState(t, "in the end", socket);
    },

    "the connection is reset while it closes": async (t) => {
      const socket = await open(t, { hold: "close" });
      socket.close(3001, "mine");
      await t.heard({ close: true });
      await bring(t, socket, "close", "reset");
    },

    ...each(
      PROTOCOL_ERRORS,
      (name) => `from the server, ${name}: the connection fails`,
      async (t, bytes) => {
        const socket = await open(t);
        // Who puts up with it takes what follows.
        await bring(t, socket, "close", "close", { bytes: bytes + text("after") + close(4000) });
        noteState(t, "in the end", socket);
      },
    ),

    "a wrong frame behind a message": async (t) => {
      const socket = await open(t);
      await bring(t, socket, "close", "write", { bytes: text("good") + frame(3, "x") + text("never") });
    },

    // Whether the answer to the server's close frame gets through before the connection ends, and so whether the end is clean, is a race.
    "the server closes while several MiB are on their way": async (t) => {
      const socket = t.own(new t.WebSocket(t.ownUrl("/wire")));
      await t.next(socket, "open");
      for (let round = 0; round < 4; round++) socket.send(new Uint8Array(MIB).fill(round));
      const { code, reason } = await bring(t, socket, "close", "close", { bytes: close(4000, "no more") });
      t.note("in the end", socket.readyState, code, reason);
    },

    "no event comes after close": async (t) => {
      const socket = await open(t, { hold: "close" });
      await bring(t, socket, "close", "write", { bytes: close(4000) });
      await say(t, text("late"), close(4001)).catch(() => {});
      socket.close();
      await t.task();
      noteState(t, "in the end", socket);
    },
  },
};
