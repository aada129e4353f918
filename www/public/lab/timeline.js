import { element, part, prependBounded } from "./dom.js";
import { formatMs, formatTime } from "./format.js";

const PAST_MS = 54_000;
/** Room on the right for the wait that was announced, up to the longest backoff of the lab. */
const FUTURE_MS = 6_000;
const MAX_ATTEMPTS = 50;
const GAP = 8;
const LANES = [
  { height: 44, labelled: true },
  { height: 18, labelled: false },
  { height: 18, labelled: false },
];

/** Draws the states of the sessions, one lane each, the first one tall; answers a function that redraws. */
export function startTimeline(sessions) {
  const canvas = part("timeline");
  const histories = sessions.map(recordHistory);
  let colours = readColours();

  listAttempts(sessions[0], part("attempts"));
  labelAxis(part("timeline-axis"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colours = readColours();
    draw();
  });
  new ResizeObserver(draw).observe(canvas);
  return draw;

  function draw() {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = devicePixelRatio;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const now = performance.now();
    const x = (at) => ((at - now + PAST_MS) / (PAST_MS + FUTURE_MS)) * width;
    const paint = { context, colours, x, now };

    let top = 0;
    for (const [index, lane] of LANES.entries()) {
      drawLane(paint, histories[index], { ...lane, top });
      top += lane.height + GAP;
    }
    context.fillStyle = colours.ink;
    context.fillRect(x(now), 0, 1, height);
  }
}

/** What a session did, forgotten as it leaves the picture. */
function recordHistory(session) {
  const history = { segments: [{ state: session.state, at: performance.now() }], nextTryAt: undefined };
  session.addEventListener("statechange", ({ to }) => {
    const now = performance.now();
    history.segments.push({ state: to, at: now });
    while (history.segments[1].at < now - PAST_MS) history.segments.shift();
  });
  session.addEventListener("retry", ({ delay }) => {
    history.nextTryAt = performance.now() + delay;
  });
  return history;
}

function drawLane({ context, colours, x, now }, { segments, nextTryAt }, { top, height, labelled }) {
  context.font = colours.font;
  context.textBaseline = "middle";
  context.fillStyle = colours.sunken;
  context.fillRect(0, top, x(now), height);
  for (const [index, { state, at }] of segments.entries()) {
    const left = Math.max(0, x(at));
    const right = x(segments[index + 1]?.at ?? now);
    if (right < 0) continue;
    // A connect on localhost takes a millisecond; it must be seen all the same.
    const width = Math.max(state === "open" ? 0 : 3, right - left);
    context.fillStyle = colours[state];
    context.fillRect(left, top, width, height);
    if (labelled && width > context.measureText(state).width + 16) {
      context.fillStyle = colours.onState;
      context.fillText(state, left + 8, top + height / 2 + 1);
    }
  }
  if (segments.at(-1).state === "waiting" && nextTryAt > now) {
    context.strokeStyle = colours.waiting;
    context.setLineDash([4, 3]);
    context.strokeRect(x(now), top + 0.5, x(nextTryAt) - x(now), height - 1);
    context.setLineDash([]);
  }
}

/** One line for each loss and each return of `session`. */
function listAttempts(session, list) {
  let downSince;
  const add = (state, text) => {
    const time = element("time", { text: formatTime() });
    prependBounded(list, element("li", { data: { state } }, time, element("span", { text })), MAX_ATTEMPTS);
  };
  session.addEventListener("open", ({ reconnected }) => {
    add("open", reconnected ? `open again, was away ${formatMs(performance.now() - downSince)}` : "open");
    downSince = undefined;
  });
  session.addEventListener("close", ({ cause, code, willReconnect }) => {
    downSince ??= performance.now();
    if (!willReconnect) add("closed", `closed for good: ${cause}, ${code}`);
  });
  session.addEventListener("statechange", ({ to }) => {
    if (to === "suspended") add("suspended", "suspended until there is a sign of life");
  });
  session.addEventListener("retry", ({ attempt, delay, cause }) => {
    add("waiting", `${cause}: attempt ${attempt} in ${formatMs(delay)}`);
  });
}

function labelAxis(axis) {
  for (const seconds of [50, 40, 30, 20, 10, 0]) {
    const label = element("li", { text: seconds === 0 ? "now" : `−${seconds} s` });
    label.style.left = `${((PAST_MS - seconds * 1000) / (PAST_MS + FUTURE_MS)) * 100}%`;
    axis.append(label);
  }
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const states = ["idle", "resolving", "connecting", "open", "waiting", "suspended", "closing", "closed"];
  const colours = states.map((state) => [state, style.getPropertyValue(`--${state}`)]);
  return {
    ...Object.fromEntries(colours),
    sunken: style.getPropertyValue("--sunken"),
    ink: style.getPropertyValue("--ink"),
    onState: style.getPropertyValue("--on-state"),
    font: `600 12px ${style.getPropertyValue("--sans")}`,
  };
}
