import { SteadySocket } from "steadysocket";
import { find } from "../dom.ts";
import { Row } from "./row.ts";

interface Prices {
  at: number;
  prices: Record<string, number>;
  /** With the first message of a connection. */
  opening?: Record<string, number>;
}

const state = find("#state");
const age = find("#age");
const table = find("#prices");
const rows = new Map<string, Row>();
let latest: Prices | undefined;

const socket = new SteadySocket("/ticker", [], {
  heartbeat: { message: "ping", reply: "pong", interval: 3000, timeout: 2000 },
  backoff: { max: 5000 },
  startClosed: document.hidden,
});
socket.onstatechange = showState;
socket.onretry = ({ delay }) => {
  state.style.animationDuration = `${delay}ms`;
};
socket.onmessage = ({ data }) => show(JSON.parse(data));

// Nobody looks at a hidden tab, so nobody need send it prices.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) socket.close(1000, "hidden");
  else socket.reconnect();
});
showState();

function show(prices: Prices): void {
  latest = prices;
  for (const [symbol, opening] of Object.entries(prices.opening ?? {})) open(symbol, opening);
  for (const [symbol, price] of Object.entries(prices.prices)) rows.get(symbol)?.offer(price);
  table.dataset.stale = "false";
  age.textContent = "live";
}

function open(symbol: string, opening: number): void {
  const row = rows.get(symbol) ?? new Row(symbol);
  row.opening = opening;
  rows.set(symbol, row);
  find("tbody", table).append(row.element);
}

/** An open connection alone makes no price fresh: the first message does. */
function showState(): void {
  state.dataset.state = state.textContent = socket.state;
  if (socket.state === "open" || !latest) return;
  for (const [symbol, price] of Object.entries(latest.prices)) rows.get(symbol)?.show(price);
  table.dataset.stale = "true";
  age.textContent = `no news since ${new Date(latest.at).toLocaleTimeString()}`;
}
