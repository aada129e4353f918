// Runs in the page, bundled into one classic script (see detection.mjs), in whatever browser: starts clients of several
// kinds side by side and notes when each connects and when it tells of a loss. All are as they come, but for a heartbeat.
import PartySocket from "partysocket/ws";
import ReconnectingWebSocket from "reconnecting-websocket";
import { SteadySocket } from "../../../pkg/dist/index.js";

const KINDS = {
  SteadySocket: (url, heartbeat) => new SteadySocket(url, [], { heartbeat }),
  WebSocket: (url) => new WebSocket(url),
  "reconnecting-websocket": (url) => new ReconnectingWebSocket(url),
  partysocket: (url) => new PartySocket(url),
};

/** `{ name, opens, closes }` of each client; the times are those of `Date.now()`. */
const trials = [];
const sockets = [];

/**
 * Starts `count` clients of a kind to `url`, evenly spread over `spread` ms so that their heartbeats are. Resolves once
 * all are open.
 */
async function start(url, { kind, name = kind, count, heartbeat, spread = 0 }) {
  const opened = [];
  for (let number = 0; number < count; number++) {
    if (number > 0) await new Promise((resolve) => setTimeout(resolve, spread / count));
    const socket = KINDS[kind](`${url}?client=${encodeURIComponent(`${name} ${number}`)}`, heartbeat);
    const trial = { name, opens: [], closes: [] };
    opened.push(new Promise((resolve) => socket.addEventListener("open", resolve)));
    socket.addEventListener("open", () => trial.opens.push(Date.now()));
    socket.addEventListener("close", () => trial.closes.push(Date.now()));
    trials.push(trial);
    sockets.push(socket);
  }
  await Promise.all(opened);
}

function stop() {
  for (const socket of sockets) socket.close();
}

globalThis.detection = { start, stop, trials };
