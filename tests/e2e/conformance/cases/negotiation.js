import { connect, noteState, pause } from "../steps.js";

/** Handshakes that the server answers by these header lines: whichever way the browser takes them, ours takes them. */
const PROTOCOL = (value) => `Sec-WebSocket-Protocol: ${value}`;
const EXTENSIONS = (value) => `Sec-WebSocket-Extensions: ${value}`;

/** What the client asks for, and the headers of the answer. */
const ANSWERS = {
  "no subprotocol, asked for none": [undefined, []],
  "no subprotocol, though asked for one": ["a", []],
  "no subprotocol, though asked for two": [["a", "b"], []],
  "an empty list of subprotocols": [[], []],
  "the only subprotocol": ["a", [PROTOCOL("a")]],
  "the first subprotocol": [["a", "b", "c"], [PROTOCOL("a")]],
  "the second subprotocol": [["a", "b", "c"], [PROTOCOL("b")]],
  "the last subprotocol": [["a", "b", "c"], [PROTOCOL("c")]],
  "a subprotocol with spaces around": [["a", "b"], [PROTOCOL("  b  ")]],
  "a subprotocol with dots and slashes": [["v1.example.com"], [PROTOCOL("v1.example.com")]],
  "a subprotocol with capitals": [["MQTT"], [PROTOCOL("MQTT")]],
  "a subprotocol differing in case": [["MQTT"], [PROTOCOL("mqtt")]],
  "a subprotocol not offered": [["a", "b"], [PROTOCOL("c")]],
  "a subprotocol when none was asked for": [undefined, [PROTOCOL("a")]],
  "a part of a subprotocol": [["abc"], [PROTOCOL("ab")]],
  "two subprotocols in one header": [["a", "b"], [PROTOCOL("a, b")]],
  "two headers of subprotocols": [
    ["a", "b"],
    [PROTOCOL("a"), PROTOCOL("b")],
  ],
  "an empty header of subprotocols": [["a"], [PROTOCOL("")]],
  "an empty header of subprotocols, asked for none": [undefined, [PROTOCOL("")]],
  "a header name in lower case": [["a"], ["sec-websocket-protocol: a"]],
  "permessage-deflate": [undefined, [EXTENSIONS("permessage-deflate")]],
  "permessage-deflate with the server's context takeover off": [
    undefined,
    [EXTENSIONS("permessage-deflate; server_no_context_takeover")],
  ],
  "permessage-deflate with both context takeovers off": [
    undefined,
    [EXTENSIONS("permessage-deflate; client_no_context_takeover; server_no_context_takeover")],
  ],
  "permessage-deflate with window bits": [
    undefined,
    [EXTENSIONS("permessage-deflate; client_max_window_bits=12")],
  ],
  "permessage-deflate with quoted window bits": [
    undefined,
    [EXTENSIONS('permessage-deflate; client_max_window_bits="12"')],
  ],
  "permessage-deflate without spaces": [
    undefined,
    [EXTENSIONS("permessage-deflate;client_max_window_bits=12")],
  ],
  "permessage-deflate with the server's window bits": [
    undefined,
    [EXTENSIONS("permessage-deflate; server_max_window_bits=10")],
  ],
  "permessage-deflate and a subprotocol": [
    ["a", "b"],
    [PROTOCOL("b"), EXTENSIONS("permessage-deflate")],
  ],
  "permessage-deflate with window bits out of range": [
    undefined,
    [EXTENSIONS("permessage-deflate; client_max_window_bits=99")],
  ],
  "permessage-deflate with an unknown parameter": [undefined, [EXTENSIONS("permessage-deflate; unknown")]],
  "permessage-deflate twice": [undefined, [EXTENSIONS("permessage-deflate, permessage-deflate")]],
  "an unknown extension": [undefined, [EXTENSIONS("x-unknown")]],
  "an unknown extension besides": [undefined, [EXTENSIONS("permessage-deflate, x-unknown")]],
  "an empty header of extensions": [undefined, [EXTENSIONS("")]],
  "other headers": [undefined, ["X-Other: 1", "Set-Cookie: a=b", "Server: none"]],
};

/** Answers that are no handshake (RFC 6455 §4.1): by status line and headers. */
const REFUSALS = {
  200: ["HTTP/1.1 200 OK", "Content-Type: text/plain"],
  204: ["HTTP/1.1 204 No Content"],
  "301 to where it would be accepted": ["HTTP/1.1 301 Moved Permanently", "Location: /run/echo"],
  "302 to where it would be accepted": ["HTTP/1.1 302 Found", "Location: /run/echo"],
  "307 to where it would be accepted": ["HTTP/1.1 307 Temporary Redirect", "Location: /run/echo"],
  400: ["HTTP/1.1 400 Bad Request"],
  401: ["HTTP/1.1 401 Unauthorized"],
  403: ["HTTP/1.1 403 Forbidden"],
  404: ["HTTP/1.1 404 Not Found"],
  426: ["HTTP/1.1 426 Upgrade Required", "Upgrade: websocket"],
  429: ["HTTP/1.1 429 Too Many Requests", "Retry-After: 1"],
  500: ["HTTP/1.1 500 Internal Server Error"],
  503: ["HTTP/1.1 503 Service Unavailable", "Retry-After: 1"],
  "101 without any header": ["HTTP/1.1 101 Switching Protocols"],
  "101 with a wrong Sec-WebSocket-Accept": switching({
    accept: "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  }),
  "101 with an empty Sec-WebSocket-Accept": switching({ accept: "Sec-WebSocket-Accept:" }),
  "101 without Sec-WebSocket-Accept": switching({ accept: "X: 1" }),
  "101 without Upgrade": switching({ upgrade: "X: 1" }),
  "101 with another Upgrade": switching({ upgrade: "Upgrade: h2c" }),
  "101 without Connection": switching({ connection: "X: 1" }),
  "101 with another Connection": switching({ connection: "Connection: close" }),
};

function switching({
  accept = "Sec-WebSocket-Accept: {accept}",
  upgrade = "Upgrade: websocket",
  connection = "Connection: Upgrade",
}) {
  return ["HTTP/1.1 101 Switching Protocols", upgrade, connection, accept];
}

/** Everything that tells of the handshake, at each step, up to the end. */
async function negotiate(t, protocols, parameters) {
  const socket = connect(t, { protocols, ...parameters });
  noteState(t, "at once", socket);
  const ended = t.next(socket, "close");
  socket.addEventListener("open", () => socket.close(3000));
  await ended;
  noteState(t, "in the end", socket);
}

/** What the server saw, without what differs from browser to browser or from connection to connection. */
async function noteRequest(t) {
  const { headers, url } = await t.heard();
  t.note("request", url);
  t.note("headers", Object.keys(headers));
  for (const name of ["origin", "sec-websocket-protocol", "sec-websocket-version", "upgrade", "cookie"]) {
    t.note(name, headers[name]);
  }
  t.note("extensions", headers["sec-websocket-extensions"]);
  t.note("a key of 16 bytes", atob(headers["sec-websocket-key"]).length);
}

export default {
  section: "WHATWG WebSockets §3.1, protocol and extensions; RFC 6455 §4, the handshake",
  cases: {
    ...Object.fromEntries(
      Object.entries(ANSWERS).map(([name, [protocols, headers]]) => [
        `the server answers with ${name}`,
        (t) => negotiate(t, protocols, { header: headers }),
      ]),
    ),

    ...Object.fromEntries(
      Object.entries(REFUSALS).map(([name, lines]) => [
        `the server answers ${name}`,
        (t) => negotiate(t, undefined, { head: lines.join("\n") }),
      ]),
    ),

    "the server answers no HTTP": (t) => negotiate(t, undefined, { head: "no HTTP at all" }),

    "the server hangs up": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      await Promise.all([t.next(socket, "close"), t.tell("fin")]);
      noteState(t, "in the end", socket);
    },

    "the server breaks the connection": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      await Promise.all([t.next(socket, "close"), t.tell("reset")]);
      noteState(t, "in the end", socket);
    },

    "the server hangs up within its answer": async (t) => {
      const socket = connect(t, { hold: "handshake" });
      const half = Array.from("HTTP/1.1 101 Switching Protocols\r\nUpgra", (letter) =>
        letter.charCodeAt(0).toString(16).padStart(2, "0"),
      ).join("");
      await Promise.all([t.next(socket, "close"), t.tell("fin", { bytes: half })]);
      noteState(t, "in the end", socket);
    },

    "a handshake that never comes, and a close()": async (t) => {
      const socket = connect(t, { hold: "handshake", protocols: ["a", "b"] });
      await t.tell("pause");
      noteState(t, "meanwhile", socket);
      const closed = t.next(socket, "close");
      socket.close();
      noteState(t, "after close()", socket);
      await closed;
      noteState(t, "in the end", socket);
    },

    // Browsers wait for 20 s at least.
    "a handshake that is answered late": {
      // It takes long everywhere.
      scopes: ["window"],
      patient: true,
      run: async (t) => {
        const socket = connect(t, { hold: "handshake", protocols: ["a", "b"] });
        await t.tell("pause");
        await pause(13_000);
        noteState(t, "meanwhile", socket);
        const opened = t.next(socket, "open");
        await t.tell("answer", { headers: [PROTOCOL("b")] });
        await opened;
        noteState(t, "in the end", socket);
      },
    },

    "two sockets have each their own subprotocol": async (t) => {
      const one = connect(t, { protocols: ["a", "b"], header: PROTOCOL("a") });
      await t.next(one, "open");
      const two = connect(t, { protocols: ["a", "b"], header: PROTOCOL("b") });
      await t.next(two, "open");
      t.note("chosen", one.protocol, two.protocol);
    },

    "the request, asked for no subprotocol": async (t) => {
      await t.next(connect(t), "open");
      await noteRequest(t);
    },

    "the request, asked for one": async (t) => {
      await t.next(connect(t, { protocols: "soap", header: PROTOCOL("soap") }), "open");
      await noteRequest(t);
    },

    "the request, asked for several, in their order": async (t) => {
      await t.next(connect(t, { protocols: ["z", "a", "m.1"], header: PROTOCOL("a") }), "open");
      await noteRequest(t);
    },

    "the request's query is the URL's": async (t) => {
      const socket = t.watch(new t.WebSocket(`${t.ownUrl("/wire")}?a=1&b=%20ü&c=/#`.replace(/#$/, "")));
      await t.next(socket, "open");
      await noteRequest(t);
    },

    "messages over permessage-deflate": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo", { deflate: "" })));
      await t.next(socket, "open");
      noteState(t, "open", socket);
      for (const data of ["short", "x".repeat(100_000), new Uint8Array(50_000)]) {
        const answered = t.next(socket, "message");
        socket.send(data);
        t.note("bufferedAmount", socket.bufferedAmount);
        await answered;
      }
      const closed = t.next(socket, "close");
      socket.close();
      await closed;
      noteState(t, "in the end", socket);
    },
  },
};
