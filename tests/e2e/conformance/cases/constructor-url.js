const HOST = (t) => new URL(t.url("/")).host;

/** Those that reach the suite's server, by what makes them special. Each is given the address without its scheme. */
const REACHING = {
  ws: (rest) => `ws:${rest}`,
  http: (rest) => `http:${rest}`,
  "WS in capitals": (rest) => `WS:${rest}`,
  "HTTP in capitals": (rest) => `HTTP:${rest}`,
  "one slash after the scheme": (rest) => `ws:${rest.slice(1)}`,
  "no slash after the scheme": (rest) => `ws:${rest.slice(2)}`,
  backslashes: (rest) => `ws:${rest.replaceAll("/", "\\")}`,
  "space around it": (rest) => ` \t\n\u0000ws:${rest}\r\n `,
  "tabs and newlines within it": (rest) => `w\ts:${rest.replace("run", "r\nu\rn")}`,
  "no scheme, but a host": (rest) => rest,
  "dot segments": (rest) => `ws:${rest}/a/./b/../c/%2e%2E/d`,
  "an empty query": (rest) => `ws:${rest}?`,
  "a query with all kinds of letters": (rest) => `ws:${rest}?a=ü&b=%20 "<>'\`{|}\\^&c=\u{1f600}`,
  "a path with all kinds of letters": (rest) => `ws:${rest}/ü/%C3%BC/ "<>\`{}^|/\u{1f600}/%zz`,
  "lone surrogates": (rest) => `ws:${rest}/\ud800/\udc00?\udfff`,
  "an address in one number": (rest) => `ws:${rest.replace("127.0.0.1", "2130706433")}`,
  "an address in hexadecimal": (rest) => `ws:${rest.replace("127.0.0.1", "0x7f.1")}`,
  "an address in full-width digits": (rest) => `ws:${rest.replace("127.0.0.1", "１２７。０.0.1")}`,
  "a name": (rest) => `ws:${rest.replace("127.0.0.1", "LocalHost")}`,
  "a port with zeros before it": (rest) => `ws:${rest.replace(":", ":000")}`,
  "a user and a password": (rest) => `ws:${rest.replace("//", "//user:pa%20ss@")}`,
  "a user": (rest) => `ws:${rest.replace("//", "//user@")}`,
  "a URL object": (rest) => new URL(`ws:${rest}`),
  "a String object": (rest) => new String(`ws:${rest}`),
  "an object with toString": (rest) => ({ toString: () => `ws:${rest}` }),
  "an array of one": (rest) => [`ws:${rest}`],
};

/** Those that no server answers: what is looked at is the URL, if it is taken. */
const OTHERS = {
  wss: "wss://127.0.0.1:8/",
  https: "https://127.0.0.1:8/path?query",
  "the default port of ws": "ws://127.0.0.1:80/",
  "the default port of ws for wss": "wss://127.0.0.1:80/",
  "the default port of wss": "wss://127.0.0.1:443/",
  "the default port of http": "http://127.0.0.1:80/",
  "the default port of https": "https://127.0.0.1:443/",
  "an empty port": "ws://127.0.0.1:/",
  "port 65535": "ws://127.0.0.1:65535/",
  "a port out of range": "ws://127.0.0.1:65536/",
  "a negative port": "ws://127.0.0.1:-1/",
  "a port in letters": "ws://127.0.0.1:http/",
  "an IPv6 address": "ws://[0:0:0:0:0:0:0:1]:8/",
  "a bad IPv6 address": "ws://[::1/",
  "a bad IPv4 address": "ws://127.0.0.256/",
  "a name with an umlaut": "ws://bücher.localhost:8/",
  "a name in Punycode": "ws://xn--bcher-kva.localhost:8/",
  "a name with a soft hyphen": "ws://local\u00adhost:8/",
  "a name with a space": "ws://local host/",
  "a name with percent signs": "ws://%6cocalhost:8/",
  "a name with a forbidden letter": "ws://local<host/",
  "no host": "ws://",
  "no host, but a path": "ws:///",
  "no host, but a port": "ws://:80/",
  "no host, but a user": "ws://user@/",
  "only a scheme": "ws:",
  "a fragment": "ws://127.0.0.1:8/#a",
  "an empty fragment": "ws://127.0.0.1:8/#",
  "a fragment after a query": "ws://127.0.0.1:8/?a#b",
  "a fragment with http": "http://127.0.0.1:8/#a",
  "a relative URL that is a fragment": "#a",
  "a relative URL that is an empty fragment": "#",
  "a relative URL with a fragment": "/path#a",
  "a fragment in a query, escaped": "ws://127.0.0.1:8/?a%23b",
  ftp: "ftp://127.0.0.1/",
  file: "file:///path",
  data: "data:text/plain,text",
  blob: "blob:http://127.0.0.1/0",
  about: "about:blank",
  javascript: "javascript:0",
  mailto: "mailto:a@b",
  "a scheme of nobody's": "steady://127.0.0.1/",
  "wss+unix": "wss+unix://127.0.0.1/",
  "a space within the scheme": "w s://127.0.0.1/",
  "a scheme with another in it": "ws:http://127.0.0.1:8/",
};

/** Those that are resolved against the scope's base URL, of which some are values of other types. */
const RELATIVE = {
  "an empty string": "",
  "a query": "?query",
  "a path": "/path",
  "a name ": "name",
  "a name up a folder": "../name",
  null: null,
  undefined: undefined,
  "a number": 12.5,
  "minus zero": -0,
  NaN: NaN,
  "a boolean": true,
  "a bigint": 12n,
  "an empty array": [],
};

export default {
  section: "WHATWG WebSockets §3.1, constructor: the URL",
  cases: {
    ...cases(REACHING, (make) => async (t) => {
      const url = make(`//${HOST(t)}/${t.id}/echo`);
      const socket = t.attempt("new", () => t.own(new t.WebSocket(url)));
      if (!socket) return;
      t.state("at once", socket);
      await t.next(socket, "open");
      t.note("url", socket.url);
      const { url: path, headers } = await t.heard();
      t.note("the server saw", path, headers.host, headers.authorization, headers.origin);
    }),
    ...cases(OTHERS, (url) => (t) => tried(t, url)),
    ...cases(RELATIVE, (url) => (t) => tried(t, url)),
    "a symbol": async (t) => {
      t.attempt("new", () => new t.WebSocket(Symbol("ws://127.0.0.1:8/")));
    },
    "an object whose toString throws": async (t) => {
      const url = {
        toString() {
          throw new RangeError("mine");
        },
      };
      t.attempt("new", () => new t.WebSocket(url));
    },
    "an object that becomes no string": async (t) => {
      t.attempt("new", () => new t.WebSocket({ toString: () => ({}), valueOf: () => ({}) }));
      t.attempt("new, without a prototype", () => new t.WebSocket(Object.create(null)));
    },
    "a function": async (t) => {
      const url = () => t.url("/echo");
      // As a text it is a fine relative URL.
      await tried(t, url);
    },
    "it is read once": async (t) => {
      let reads = 0;
      const url = { toString: () => `${t.url("/echo")}?${++reads}` };
      const socket = t.own(new t.WebSocket(url));
      t.note("url", socket.url);
      await t.next(socket, "open");
      t.note("reads", reads);
    },
    "a URL object that changes afterwards": async (t) => {
      const url = new URL(t.url("/echo"));
      const socket = t.own(new t.WebSocket(url));
      url.search = "other";
      t.note("url", socket.url);
      await t.next(socket, "open");
      t.note("the server saw", (await t.heard()).url);
    },
    "a relative URL resolves against the base URL of the scope": async (t) => {
      const socket = t.own(new t.WebSocket(`../conformance/echo?${t.id}`));
      t.note("url", socket.url);
      await t.next(socket, "open");
      t.note("the server saw", (await t.heard()).url);
    },
    "a relative URL in a document with a base element": {
      scopes: ["window"],
      alone: true,
      run: async (t) => {
        const base = document.head.appendChild(document.createElement("base"));
        try {
          base.href = t.url("/folder/name?query").replace(t.id, "nobody");
          await tried(t, "other");
          base.href = t.url("/folder/").replace("ws:", "http:");
          const socket = t.own(new t.WebSocket(`other/${t.id}/echo`));
          // It was resolved by now, also for later attempts.
          base.href = "/";
          t.note("url", socket.url);
          await t.next(socket, "open");
          t.note("the server saw", (await t.heard()).url);
          base.href = "data:text/plain,no-base";
          await tried(t, "other");
        } finally {
          base.remove();
        }
      },
    },
    "a relative URL in a document whose URL has changed": {
      scopes: ["window"],
      alone: true,
      run: async (t) => {
        const before = location.href;
        history.replaceState(null, "", "/folder/page?query#fragment");
        try {
          await tried(t, "name");
          await tried(t, "?query");
          await tried(t, "");
        } finally {
          history.replaceState(null, "", before);
        }
      },
    },
    "port 0": async (t) => {
      const socket = t.attempt("new", () => t.own(new t.WebSocket("ws://127.0.0.1:0/")));
      if (!socket) return;
      t.state("at once", socket);
      socket.close();
      // WebKitGTK's own never gets to its close event.
      t.state("after close()", socket);
    },
    "a port that browsers block": {
      // WebKitGTK's own fires an error event, and then stays CONNECTING for ever.
      browsers: ["chromium", "firefox"],
      run: async (t) => {
        const socket = t.attempt("new", () => t.watch(new t.WebSocket("ws://127.0.0.1:25/")));
        if (socket) await t.next(socket, "close");
      },
    },
    "a port where nobody listens": async (t) => {
      const socket = t.watch(new t.WebSocket("ws://127.0.0.1:8/"));
      await t.next(socket, "close");
    },
  },
};

function cases(table, make) {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, make(value)]));
}

/** Whether it is taken, and as what. Closed at once: nothing but its own computer is to be asked for it. */
async function tried(t, url) {
  const socket = t.attempt("new", () => t.own(new t.WebSocket(url)));
  if (!socket) return;
  t.state("at once", socket);
  socket.close();
  t.state("after close()", socket);
  await t.next(socket, "close");
  t.state("closed", socket);
}
