import { SteadySocket } from "steadysocket";
import { find } from "../dom.ts";
import { List } from "./list.ts";
import { Stage } from "./stage.ts";

interface News {
  type: string;
  comments?: { id: string; text: string }[];
}

const state = find("#state");
const note = find("#note");
const reading = find("#reading");
const text = find<HTMLInputElement>("#text");
const audience = find<HTMLSelectElement>("#audience");
const pause = find("#pause");
const asList = find("#as-list");
const canvas = find<HTMLCanvasElement>("#stage");
const comments = find("#comments");
const stage = new Stage(canvas);
const list = new List(comments);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const own = new Set<string>();
let before = { entered: 0, frames: 0 };

const socket = new SteadySocket(() => `/comments?audience=${audience.value}`, [], {
  heartbeat: { message: "ping", reply: "pong", interval: 5000, timeout: 3000 },
  backoff: { max: 5000 },
  // A comment belongs to its moment.
  queue: { ttl: 10_000 },
  startClosed: document.hidden,
});
socket.onstatechange = showState;
socket.onretry = ({ delay }) => {
  state.style.animationDuration = `${delay}ms`;
};
socket.onmessage = ({ data }) => {
  const news: News = JSON.parse(data);
  for (const { id, text } of news.comments ?? [])
    (isPressed(asList) ? list : stage).add({ text, own: own.has(id) });
};
socket.ondrop = () => {
  note.textContent = "There was no connection: your comment was not sent.";
};

find("#say").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  own.add(id);
  socket.send(JSON.stringify({ type: "comment", id, text: text.value }));
  note.textContent = "";
  text.value = "";
});
// The address is asked for anew.
audience.addEventListener("change", () => socket.reconnect());
for (const button of [pause, asList])
  button.addEventListener("click", () => press(button, !isPressed(button)));
calm.addEventListener("change", () => press(asList, calm.matches));
// Nobody looks at a hidden tab, so nobody need send it comments.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) socket.close(1000, "hidden");
  else socket.reconnect();
});
setInterval(showReading, 1000);
press(asList, calm.matches);
showState();

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute("aria-pressed", String(pressed));
  canvas.hidden = isPressed(asList);
  comments.hidden = !isPressed(asList);
  if (isPressed(asList)) stage.clear();
  stage.pause(isPressed(pause));
  list.pause(isPressed(pause));
}

function isPressed(button: HTMLElement): boolean {
  return button.getAttribute("aria-pressed") === "true";
}

function showState(): void {
  state.dataset.state = state.textContent = socket.state;
}

/** What has flown in the last second. */
function showReading(): void {
  if (document.hidden) return;
  const { entered, frames } = stage;
  reading.textContent =
    frames > before.frames
      ? `${(entered - before.entered) * 60} a minute, ${frames - before.frames} frames a second`
      : "";
  before = { entered, frames };
}
