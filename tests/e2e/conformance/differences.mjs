/**
 * Where a subject differs from the browser's own WebSocket, and why. A difference that is not here fails, and so does an entry that
 * speaks of cases none of which differs, in any browser and scope. An entry:
 *
 * - `subjects`: of subjects.js.
 * - `case`: `"file: name"`, or a RegExp over such texts.
 * - `reason`: a sentence for users. Entries that share one are one row of the table in docs/conformance.md.
 * - `lines`: a RegExp that each differing line must match (`- ` native's, `+ ` the subject's), if not any may differ.
 * - `browsers`, `scopes`: where it occurs, if not everywhere.
 */
const ALL = ["strict", "preset", "default"];
const OURS = ["preset", "default"];
const DEFAULT = ["default"];

const DISPATCHED =
  "A script dispatches the events: `isTrusted` is false, a stack within a listener names the package, and microtasks of one listener run after the event's other listeners.";
const SOURCE = "The text of the class and its members is not `[native code]`.";
const OWN_NAME = "The class is called `SteadySocket`, and has more members.";
const OWN_FIELDS = "`open` and `close` events have fields of their own.";
const FUNCTIONS = "A function in place of the URL or the protocols is called, not converted to a string.";
const SEND_OPTIONS = "`send` takes options.";
const KEY_ORDER = "In Firefox the class's own keys come in another order.";
const PROTOTYPES = "A buffer that was given another prototype is not recognised.";
const AGAIN =
  "After a connection that ended or failed there is another. Until the session is over `readyState` is `CONNECTING` between the two, in `error` and `close` handlers too, and the next connection has events of its own.";
const QUEUE =
  "What is sent while there is no connection waits for the next one: nothing is thrown, and `bufferedAmount` counts it until it is sent.";
const WATERMARK =
  "Of what is sent at once only some goes to the browser's buffer, the rest waits: within the queue's limits, and what is dropped is told.";
const TIMEOUTS =
  "A handshake or `close()` that the server does not answer is given up after `connectTimeout` or `closeTimeout`.";
const REASON_ALONE =
  "A reason without a code is sent with the code 1000; browsers refuse it, or do not send it.";
const CODES =
  "Codes and reasons are judged as the standard says: Chromium and WebKitGTK round fractions in ways of their own, and without a code Chromium refuses every reason, WebKitGTK none.";
const ITERATION =
  "Of an iterator, Chromium reads `value` before `done`, and WebKitGTK calls `return`; Chromium takes no notice of an array's own.";
const POLICY_FIRST = "Chromium and WebKitGTK look at the content security policy before the protocols.";
const NEW_TARGET =
  "For a function without a prototype, `Reflect.construct` makes a `SteadySocket` without members; Chromium makes such a socket of its own class, too, where `steadysocket/websocket` does as the standard says.";
const ARGUMENTS_FIRST = "WebKitGTK counts the arguments before it reads the prototype.";
const NULL_ITERATOR = "Firefox does not take `null` for no iterator.";
const BASE_URL =
  "Firefox resolves relative URLs against the URL that the page was loaded from, whatever its base element and history, and refuses an empty one.";

/** Where a session tells its state between two connections, and the events of the next. */
const STATES =
  /^[-+] (?: {2}[\w' ]+: \{readyState: \d,|(?:in the end|at once|closed|later|log|reported): )|^\+ (?:open|error|close|violation): /;

/** In order of the table: what no script can do, what a SteadySocket has besides, what reconnecting means, what browsers do. */
export const DIFFERENCES = [
  entry(ALL, "events-listeners: isTrusted", DISPATCHED),
  entry(ALL, "events-dispatch: the stack within a listener", DISPATCHED),
  entry(ALL, "events-dispatch: microtasks between listeners", DISPATCHED),
  entry(
    ALL,
    "events-errors: handleEvent objects without a method, and with one that throws when read",
    DISPATCHED,
    {
      browsers: ["webkit"],
    },
  ),
  entry(ALL, /^interface: the source text of /, SOURCE),

  entry(["strict"], "interface: the order of the prototype's keys", KEY_ORDER, { browsers: ["firefox"] }),
  entry(ALL, "send: a buffer with another prototype is a buffer", PROTOTYPES),

  entry(OURS, "interface: name, length and prototype of the class", OWN_NAME, { lines: /^. name: / }),
  entry(OURS, "interface: Symbol.toStringTag", OWN_NAME),
  entry(OURS, "interface: the prototype's own keys", OWN_NAME),
  entry(OURS, "interface: the order of the prototype's keys", OWN_NAME),
  entry(OURS, "interface: an instance's own keys", OWN_NAME, { lines: /^. (for in|in order): / }),
  entry(OURS, "events-listeners: own properties of events", OWN_FIELDS),
  entry(OURS, "constructor-url: a function", FUNCTIONS),
  entry(OURS, "constructor-protocols: a function is a string", FUNCTIONS),
  entry(OURS, "constructor-protocols: a function with an iterator is a sequence", FUNCTIONS),
  entry(OURS, "send: further arguments are not looked at", SEND_OPTIONS),

  entry(DEFAULT, /^(ending|negotiation): /, AGAIN, { lines: STATES }),
  entry(DEFAULT, /^constructor-url: a port /, AGAIN, { lines: STATES }),
  entry(DEFAULT, "close: in the error and close handlers of a failed handshake", AGAIN, { lines: STATES }),
  entry(DEFAULT, /^messages: messages (and a close with the handshake|right before)/, AGAIN, {
    lines: STATES,
  }),
  entry(DEFAULT, "events-listeners: an event's fields when there is no connection", AGAIN, { lines: STATES }),
  entry(DEFAULT, /^events-dispatch: (error and close|readyState in each handler)/, AGAIN, { lines: STATES }),
  entry(DEFAULT, "events-errors: errors in listeners of each event", AGAIN, { lines: STATES }),
  entry(DEFAULT, /^csp: /, AGAIN, { lines: STATES, browsers: ["chromium"] }),
  entry(DEFAULT, /^buffered: while connecting/, QUEUE),
  entry(DEFAULT, "buffered: after the server's close what is sent is lost, and counted for ever", QUEUE),
  entry(DEFAULT, "buffered: after a failed handshake what is sent is lost, and counted for ever", QUEUE),
  entry(DEFAULT, "send: a failed connection's error handler sends", QUEUE),
  entry(DEFAULT, "buffered: several MiB", WATERMARK),
  // WebKitGTK's own patience is no longer.
  entry(DEFAULT, "ending: the server answers late", TIMEOUTS, { browsers: ["chromium", "firefox"] }),
  entry(DEFAULT, "negotiation: a handshake that is answered late", TIMEOUTS),

  entry(OURS, "constructor-call: the order in which arguments are converted", ITERATION, {
    browsers: ["chromium", "webkit"],
  }),
  entry(OURS, "constructor-protocols: an array with another iterator", ITERATION, { browsers: ["chromium"] }),
  entry(OURS, "constructor-call: an iterator is not closed when an item cannot be converted", ITERATION, {
    browsers: ["webkit"],
  }),
  entry(OURS, "csp: a URL that it forbids, with protocols", POLICY_FIRST, {
    browsers: ["chromium", "webkit"],
    lines: /^. bad ones/,
  }),
  entry(
    ["strict"],
    "constructor-call: Reflect.construct with a newTarget that has no prototype",
    NEW_TARGET,
    {
      browsers: ["chromium"],
    },
  ),
  entry(OURS, "constructor-call: Reflect.construct with a newTarget that has no prototype", NEW_TARGET, {
    browsers: ["firefox", "webkit"],
  }),
  entry(ALL, "constructor-call: a newTarget whose prototype cannot be read", ARGUMENTS_FIRST, {
    browsers: ["webkit"],
  }),
  entry(DEFAULT, /^close: no code, reason (null|text|123 bytes)$/, REASON_ALONE),
  entry(DEFAULT, /^close: no code, reason 124 bytes$/, CODES, { browsers: ["chromium", "webkit"] }),
  entry(DEFAULT, "close: no code, reason empty", CODES, { browsers: ["chromium"] }),
  entry(DEFAULT, /^close: code (999\.5|1000\.6|2999\.[56]|4999\.5)$/, CODES, {
    browsers: ["chromium", "webkit"],
  }),
  entry(OURS, "constructor-protocols: an iterator that is null, which makes it a string", NULL_ITERATOR, {
    browsers: ["firefox"],
  }),
  entry(OURS, /^constructor-url: an empty (string|array)$/, BASE_URL, { browsers: ["firefox"] }),
  entry(OURS, /^constructor-url: a relative URL in a document (with|whose)/, BASE_URL, {
    browsers: ["firefox"],
    scopes: ["window"],
  }),
];

function entry(subjects, name, reason, limits = {}) {
  return { subjects, case: name, reason, ...limits };
}
