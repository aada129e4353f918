import { element, part, prependBounded } from "./dom.js";
import { formatBytes, formatMs, formatTime } from "./format.js";

const MAX_ENTRIES = 200;

const DETAILS = {
  statechange: ({ from, to }) => `${from} → ${to}`,
  open: ({ reconnected }) => (reconnected ? "reconnected" : "for the first time"),
  close: ({ code, reason, cause, willReconnect }) =>
    `${code}${reason && ` “${reason}”`} · ${cause} · ${willReconnect ? "will reconnect" : "for good"}`,
  error: () => "",
  retry: ({ attempt, delay, cause }) => `attempt ${attempt} in ${formatMs(delay)} · ${cause}`,
  drop: ({ data, reason }) => `${reason} · ${describe(data)}`,
  drain: () => "",
};

/** Adds one line to the log of events. */
export function log(source, event, detail) {
  const item = element("li", { data: { source, event } }, element("time", { text: formatTime() }));
  item.append(
    element("em", { text: source }),
    element("b", { text: event }),
    element("span", { text: detail }),
  );
  prependBounded(part("log"), item, MAX_ENTRIES);
}

/** Logs the events of `session`; not its messages and latencies, which are shown elsewhere. */
export function logSession(source, session) {
  for (const [event, detail] of Object.entries(DETAILS)) {
    session.addEventListener(event, (details) => log(source, event, detail(details)));
  }
}

function describe(data) {
  if (typeof data === "string") return `text of ${data.length} characters`;
  return `${data.constructor.name} of ${formatBytes(data.size ?? data.byteLength)}`;
}
