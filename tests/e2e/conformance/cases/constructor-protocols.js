/** Those that are taken. */
const GOOD = {
  undefined: undefined,
  "an empty array": [],
  "one as a string": "chat",
  "one in an array": ["chat"],
  "two in an array": ["chat", "soap"],
  null: null,
  "a number": 12,
  "a boolean": true,
  "a bigint": 12n,
  NaN: NaN,
  "an array with null": [null],
  "an array with undefined": [undefined],
  "an array with a hole": Object.assign(new Array(3), { 0: "a", 2: "b" }),
  "an array of numbers": [1, 2.5, -0],
  "an array in an array": [["chat"], [["soap"]]],
  "an array with objects": [{ toString: () => "chat" }, { toString: () => "soap" }],
  "every sign that a token may have": "!#$%&'*+-.^_`|~09azAZ",
  "a long one": "x".repeat(1000),
  "a hundred": Array.from({ length: 100 }, (_, index) => `p${index}`),
  "names of object members": ["toString", "__proto__", "constructor"],
  "an object with toString": { toString: () => "chat" },
  "an object with valueOf only": Object.assign(Object.create(null), { valueOf: () => "chat" }),
  "a set": new Set(["chat", "soap"]),
  "a String object, which is a sequence of its letters": new String("ab"),
  "a typed array": new Uint8Array([3, 1, 2]),
  "an array-like object, which is a string": { length: 1, 0: "chat", toString: () => "soap" },
  "an iterator that is null, which makes it a string": { [Symbol.iterator]: null, toString: () => "chat" },
  "an iterator that is undefined": { [Symbol.iterator]: undefined, toString: () => "chat" },
};

/** Those that are not. */
const BAD = {
  "an empty string": "",
  "an empty string in an array": [""],
  "an empty string among others": ["chat", ""],
  "the same twice": ["chat", "chat"],
  "the same twice, not side by side": ["chat", "soap", "chat"],
  "the same in capitals": ["chat", "CHAT"],
  "the same but for a letter's case": ["chat", "soap", "Chat"],
  "the same after conversion": ["1", 1],
  "two holes": new Array(2),
  "two in a string": "chat, soap",
  "two in a string of an array": ["chat,soap"],
  "a plain object": {},
  "a regular expression": /a/,
  "a date": new Date(0),
  "an umlaut": "chät",
  "a full-width letter": "ｃ",
  "an emoji": "\u{1f600}",
  "a lone surrogate": "\ud800",
  "space around it": " chat ",
  "a good one before a bad one": ["chat", "so ap"],
  "an array in an array, of two": [["chat", "soap"]],
  "a map": new Map([["chat", 1]]),
  "an array with an object": [{}],
};

const SEPARATORS = [...'()<>@,;:\\"/[]?={} \t\r\n\0\x1f\x7f\x80\xa0\xff'];

export default {
  section: "WHATWG WebSockets §3.1, constructor: the protocols",
  cases: {
    ...Object.fromEntries(Object.entries(GOOD).map(([name, value]) => [name, (t) => taken(t, value)])),
    ...Object.fromEntries(
      Object.entries(BAD).map(([name, value]) => [
        name,
        async (t) => {
          t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), value)));
        },
      ]),
    ),
    "signs that no token has": async (t) => {
      for (const sign of SEPARATORS) {
        t.attempt(JSON.stringify(sign), () => t.own(new t.WebSocket(t.url("/echo"), `a${sign}b`)));
      }
    },
    "a generator": async (t) => {
      function* protocols() {
        yield "chat";
        yield "soap";
      }
      await taken(t, protocols());
    },
    "the arguments of a function": (t) =>
      (function () {
        // biome-ignore lint/complexity/noArguments: this is about them
        return taken(t, arguments);
      })("chat", "soap"),
    "an array with another iterator": async (t) => {
      const protocols = ["chat"];
      protocols[Symbol.iterator] = () => ["soap"].values();
      await taken(t, protocols);
    },
    "a string is none of letters, although it can be iterated": (t) => taken(t, "ab"),
    "a function is a string": async (t) => {
      t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), () => "chat")));
    },
    "a function with an iterator is a sequence": async (t) => {
      const protocols = Object.assign(() => {}, { [Symbol.iterator]: () => ["chat"].values() });
      await taken(t, protocols);
    },
    "a symbol": async (t) => {
      t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), Symbol("chat"))));
      t.attempt("new, in an array", () => t.own(new t.WebSocket(t.url("/echo"), [Symbol("chat")])));
    },
    "an iterator that is no function": async (t) => {
      const protocols = { [Symbol.iterator]: 1, toString: () => "chat" };
      t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), protocols)));
    },
    "an iterator that gives no iterator": async (t) => {
      t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), { [Symbol.iterator]: () => 1 })));
      t.attempt("new, without next", () =>
        t.own(new t.WebSocket(t.url("/echo"), { [Symbol.iterator]: () => ({}) })),
      );
    },
    "an iterator whose results are no objects": async (t) => {
      const protocols = { [Symbol.iterator]: () => ({ next: () => 1 }) };
      t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), protocols)));
    },
    "what throws on the way": async (t) => {
      const broken = () => {
        throw new RangeError("mine");
      };
      const getter = { get: broken };
      const ways = {
        "reading the iterator": Object.defineProperty({}, Symbol.iterator, getter),
        "calling it": { [Symbol.iterator]: broken },
        "reading next": { [Symbol.iterator]: () => Object.defineProperty({}, "next", getter) },
        "calling next": { [Symbol.iterator]: () => ({ next: broken }) },
        "reading done": {
          [Symbol.iterator]: () => ({ next: () => Object.defineProperty({}, "done", getter) }),
        },
        "converting one": [{ toString: broken }],
        "converting it": { toString: broken },
      };
      for (const [way, protocols] of Object.entries(ways)) {
        t.attempt(way, () => t.own(new t.WebSocket(t.url("/echo"), protocols)));
      }
    },
    "an array that changes afterwards": async (t) => {
      const protocols = ["chat", "soap"];
      const socket = t.own(new t.WebSocket(t.url("/echo"), protocols));
      protocols.reverse();
      protocols.length = 1;
      await t.next(socket, "open");
      t.note("protocol", socket.protocol);
      t.note("the server saw", (await t.heard()).headers["sec-websocket-protocol"]);
    },
    "a bad URL goes before bad protocols": async (t) => {
      // Both are SyntaxErrors; the conversions come before either.
      t.attempt("new", () => new t.WebSocket("ftp://127.0.0.1/", "a b"));
      t.attempt("new, unconvertible", () => new t.WebSocket("ftp://127.0.0.1/", Symbol("a")));
    },
  },
};

async function taken(t, protocols) {
  const socket = t.attempt("new", () => t.own(new t.WebSocket(t.url("/echo"), protocols)));
  if (!socket) return;
  t.state("at once", socket);
  await t.next(socket, "open");
  t.state("open", socket);
  t.note("the server saw", (await t.heard()).headers["sec-websocket-protocol"]);
}
