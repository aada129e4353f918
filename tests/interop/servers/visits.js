// Runs in the page: what a visitor does at one of the servers. `row` is an entry of rows.mjs, with the server's `url`.
import "/tests/e2e/support/in-page.js";
import { DIALECTS } from "./dialects.js";

const { SteadySocket, listenTo, next, opened, told, until } = globalThis;
const MEBIBYTE = 1024 * 1024;

/** A session at the row's server; `session.told` has what it told so far. */
function visit(row, { protocols = [], ...options } = {}) {
  const own = { backoff: { min: 100, max: 300 }, binaryType: "arraybuffer" };
  const { session: asked } = DIALECTS[row.dialect];
  return listenTo(new SteadySocket(row.url, protocols, { ...own, ...asked, ...options }));
}

function say(session, row, message) {
  for (const packet of DIALECTS[row.dialect].packets(message)) session.send(packet);
}

/** The messages that came so far. */
function heard(session, row) {
  const { message } = DIALECTS[row.dialect];
  return told(session, "message")
    .map(({ data }) => message(data))
    .filter((data) => data !== undefined);
}

/** Says `text` and resolves once it is answered. */
async function sayAndHear(session, row, text) {
  say(session, row, text);
  await until(() => heard(session, row).at(-1) === text, `an answer to ${text}`);
}

/** Sends texts, and binary messages where the row's server takes them; resolves to what came back, in short. */
async function echo(row) {
  const messages = [
    "hello",
    "",
    "Žluťoučký kůň 🐎",
    "x".repeat(MEBIBYTE),
    ...(row.binary ? binaries(MEBIBYTE) : []),
  ];
  const session = visit(row);
  // Before there is a connection, so that all of them meet the server at once.
  for (const message of messages) say(session, row, message);
  await until(() => heard(session, row).length >= messages.length, "all answers");
  const answers = heard(session, row);
  session.close();
  return { sent: messages.map(inShort), heard: answers.map(inShort) };
}

/** Sends binary messages to a server that sees a stream of bytes; resolves to the bytes in short. */
async function stream(row) {
  // It is stuck once more than a pipe holds has not been read by either side.
  const messages = binaries(32 * 1024);
  const sent = await new Blob(messages).arrayBuffer();
  const session = visit(row);
  for (const message of messages) session.send(message);
  const received = () => new Blob(told(session, "message").map(({ data }) => data));
  await until(() => received().size >= sent.byteLength, "all bytes");
  const answer = await received().arrayBuffer();
  session.close();
  return { sent: [inShort(sent)], heard: [inShort(answer)] };
}

function binaries(length) {
  const long = Uint8Array.from({ length }, (_, index) => (index * 31) >> 3);
  return [Uint8Array.of(0, 255, 10, 13, 128), new Uint8Array(0), long];
}

/** Tells messages apart without a mebibyte of output. */
function inShort(message) {
  if (typeof message === "string") {
    return message.length < 100 ? message : `${message.length} characters, hash ${hash(message)}`;
  }
  const bytes = new Uint8Array(message.buffer ?? message);
  return `${bytes.length} bytes, hash ${hash(String.fromCharCode(...bytes.subarray(0, 50_000)) + bytes.length)}`;
}

function hash(text) {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) | 0;
  return sum;
}

/** Asks for subprotocols; resolves to the one chosen. */
async function choose(row, protocols) {
  const session = await opened(visit(row, { protocols }));
  await sayAndHear(session, row, "hello");
  session.close();
  return session.protocol;
}

/** Asks a server for a subprotocol that it does not know; resolves to what comes of it, and with the browser's own class. */
async function ask(row, protocols) {
  const sockets = [listenTo(new WebSocket(row.url, protocols)), visit(row, { protocols })];
  return Promise.all(
    sockets.map(async (socket) => {
      await until(() => told(socket, "open").length + told(socket, "close").length > 0, "open or close");
      const [{ type }] = socket.told.filter(({ type }) => type === "open" || type === "close");
      const { protocol } = socket;
      socket.close();
      return { type, protocol };
    }),
  );
}

/** Has the server close, by `request`; resolves to the close, and whether the session was there again after it. */
async function closed(row, request) {
  const session = await opened(visit(row));
  const ended = next(session, "close");
  DIALECTS[row.dialect].request(session, request);
  const { cause, code, reason, wasClean, willReconnect } = await ended;
  if (willReconnect) {
    await opened(session);
    await sayAndHear(session, row, "hello again");
  }
  const { state } = session;
  session.close();
  return { cause, code, reason, wasClean, willReconnect, state };
}

/** A session for the page to keep while its server goes and comes. */
async function settle(row, options) {
  globalThis.settled = await opened(visit(row, options));
  await sayAndHear(globalThis.settled, row, "before");
}

/** Says some things while the server is gone, one before each attempt that fails; resolves to all closes. */
async function talkAlone(row) {
  const session = globalThis.settled;
  const ends = (count) => until(() => told(session, "close").length >= count, `${count} closes`);
  // What is said before the page knows would be on its way, and lost.
  await ends(1);
  for (const [index, text] of ["one", "two", "three"].entries()) {
    say(session, row, text);
    await ends(index + 2);
  }
  return told(session, "close").map(({ cause, willReconnect }) => ({ cause, willReconnect }));
}

/** Resolves to all that was heard, once the session is there again. */
async function goOn(row) {
  const session = await opened(globalThis.settled);
  await sayAndHear(session, row, "after");
  const { reconnected } = told(session, "open").at(-1);
  return { reconnected, heard: heard(session, row) };
}

/** Resolves to the first close. */
async function loss() {
  const session = globalThis.settled;
  await until(() => told(session, "close").length > 0, "a close");
  const [{ cause, willReconnect }] = told(session, "close");
  return { cause, willReconnect };
}

/** Resolves to what else happened until some heartbeats were answered. */
async function beats(row, heartbeat) {
  const session = await opened(visit(row, { heartbeat }));
  await sayAndHear(session, row, "before");
  await until(() => told(session, "latency").length >= 3, "answered heartbeats");
  session.close();
  return { heard: heard(session, row), closes: told(session, "close").length };
}

/** Hears a script count, ends it, and hears it again. */
async function countTwice(row) {
  const session = visit(row);
  await until(() => heard(session, row).length === 5, "a count");
  session.send("enough");
  const { cause, code, reason, wasClean, willReconnect } = await next(session, "close");
  await until(() => heard(session, row).length >= 10, "another count");
  session.close();
  return { heard: heard(session, row), close: { cause, code, reason, wasClean, willReconnect } };
}

/** Leaves when a socket.io server says so. */
async function dismissed(row) {
  const session = await opened(visit(row));
  session.addEventListener("message", ({ data }) => {
    if (data === "41") session.close();
  });
  DIALECTS[row.dialect].request(session, "dismiss");
  await until(() => session.state === "closed");
  return { state: session.state, opened: session.stats().opened };
}

/** Outlives some of a socket.io server's pings. */
async function answerPings(row, count) {
  const session = await opened(visit(row));
  const pings = () => told(session, "message").filter(({ data }) => data === "2");
  await until(() => pings().length >= count, `${count} pings`);
  const closes = told(session, "close").length;
  session.close();
  return { closes };
}

/** Joins a socket.io server without answering its pings; resolves to the close. */
async function ignorePings(row) {
  const session = visit(row, { WebSocket });
  session.addEventListener("open", () => session.send("40"));
  const { cause, code, willReconnect } = await next(session, "close");
  session.close();
  return { cause, code, willReconnect };
}

globalThis.visits = {
  answerPings,
  ask,
  beats,
  choose,
  closed,
  countTwice,
  dismissed,
  echo,
  goOn,
  ignorePings,
  loss,
  settle,
  stream,
  talkAlone,
};
