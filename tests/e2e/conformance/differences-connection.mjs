/** Of differences.mjs: what is about one connection, how it comes and goes, and what is sent over it. */

const BETWEEN =
  "Between two connections `readyState` is `CONNECTING`: it is `CLOSED` only when the session is over.";
const STATES = /readyState: |in the end: [03] |closed: [03] /;

export const CONNECTION = [
  {
    subjects: ["preset", "default"],
    case: "send: further arguments are not looked at",
    reason: "`send` has a second argument, the options of the message.",
  },
  {
    subjects: ["default"],
    case: /^buffered: while connecting /,
    reason:
      "What is sent while there is no connection waits for one: `send` does not throw `InvalidStateError`.",
  },
  {
    subjects: ["default"],
    case: "ending: the server answers late",
    browsers: ["chromium", "firefox"],
    reason:
      "`close()` waits no longer than `closeTimeout` (5 s) for the server's answer; browsers wait up to a minute.",
  },
  {
    subjects: ["default"],
    case: "negotiation: a handshake that is answered late",
    reason:
      "A handshake that is not answered within `connectTimeout` (10 s) has failed, and another follows; browsers wait for minutes.",
  },
  {
    subjects: ["default"],
    case: "send: a failed connection's error handler sends",
    browsers: ["webkit"],
    lines: /readyState: |in the end: [03] |grew by/,
    reason: `${BETWEEN} In WebKit \`bufferedAmount\` counts the frames' heads too when a socket is closed; a queue has none.`,
  },
  ending("send", "a failed connection's error handler sends", ["chromium", "firefox"]),
  ending("buffered", /after (the server's close|a failed handshake)/),
  ending("close", "in the error and close handlers of a failed handshake"),
  ending("messages", "messages right before the server's close"),
  ending("messages", "messages and a close with the handshake"),
  // The other codes end the session.
  ending("ending", /from the server, (?!10(00|02|03|07|08|09|10)$|44(00|99)$)/),
  ending("ending", /the connection ends/),
  ending("ending", "the connection is reset"),
  ending("ending", "a wrong frame behind a message"),
  ending("ending", "the server closes while several MiB are on their way"),
  ending("ending", "no event comes after close"),
  ending("negotiation", /the server (answers (no HTTP|101|[245]\d\d)|hangs up|breaks the connection)/),
  // WebKit follows them.
  ending("negotiation", /the server answers 30/, ["chromium", "firefox"]),
  answered("a part of a subprotocol"),
  answered("a subprotocol not offered"),
  answered("an empty header of subprotocols"),
  answered("two subprotocols in one header"),
  answered("an unknown extension"),
  answered("an unknown extension besides"),
  answered("permessage-deflate with an unknown parameter"),
  answered("permessage-deflate with window bits out of range"),
  // What one browser refuses, another takes.
  answered("permessage-deflate twice", ["chromium", "firefox"]),
  answered("a subprotocol differing in case", ["chromium", "firefox"]),
  answered("two headers of subprotocols", ["chromium", "firefox"]),
  answered("a subprotocol when none was asked for", ["chromium", "webkit"]),
  answered("an empty header of subprotocols, asked for none", ["chromium", "webkit"]),
  answered("an empty header of extensions", ["chromium"]),
  answered("no subprotocol, though asked for one", ["chromium"]),
  answered("no subprotocol, though asked for two", ["chromium"]),
];

/** Cases where a connection ends that the session is to follow by another. `name` is a case's, or the beginning of several. */
function ending(file, name, browsers) {
  const which = typeof name === "string" ? `${file}: ${name}` : new RegExp(`^${file}: ${name.source}`);
  return { subjects: ["default"], case: which, lines: STATES, reason: BETWEEN, browsers };
}

/** The same for handshakes that fail. */
function answered(what, browsers) {
  return ending("negotiation", `the server answers with ${what}`, browsers);
}
