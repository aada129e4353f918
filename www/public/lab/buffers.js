import { part, setText } from "./dom.js";
import { formatBytes, formatCount, formatMs } from "./format.js";
import { FLOOD_QUEUE, HIGH_WATER_MARK, LOW_WATER_MARK, openFlood, QUEUE } from "./sessions.js";

const FLOOD_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const SERVER_BYTES_PER_SECOND = 8 * 1024 * 1024;
const SOCKET_SCALE = 1.5 * HIGH_WATER_MARK;

/**
 * Gauges what waits in the browser's socket and what waits in the outbox: of `session`, and during a flood
 * of the flood's own session. Answers a function to call ten times a second.
 */
export function startBuffers(session, log) {
  let flood;

  part("buffered-track").querySelector(".low").style.left = `${(LOW_WATER_MARK / SOCKET_SCALE) * 100}%`;
  part("buffered-track").querySelector(".high").style.left = `${(HIGH_WATER_MARK / SOCKET_SCALE) * 100}%`;
  part("flood").addEventListener("click", () => {
    if (!flood) startFlood();
  });
  return show;

  async function startFlood() {
    const session = openFlood(SERVER_BYTES_PER_SECOND);
    const startedAt = performance.now();
    flood = { session, peak: 0 };
    part("flood").ariaDisabled = "true";
    // The same bytes each time: what waits is a handle to them, not a copy.
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (let sent = 0; sent < FLOOD_BYTES; sent += CHUNK_BYTES) session.send(chunk);
    show();

    const outcome = await session.drained().then(
      () => "through",
      () => "ended early",
    );
    show();
    const took = formatMs(performance.now() - startedAt);
    const report = `${outcome} after ${took}; at most ${formatBytes(flood.peak)} seen in the socket`;
    flood = undefined;
    setText(part("flood-status"), report);
    part("flood").ariaDisabled = "false";
    log("flood", outcome, report);
    session.close();
  }

  function show() {
    const shown = flood?.session ?? session;
    const { maxBytes } = flood ? FLOOD_QUEUE : QUEUE;
    const { queuedMessages, queuedBytes } = shown.stats();
    const buffered = Math.max(0, shown.bufferedAmount - queuedBytes);
    if (flood) {
      flood.peak = Math.max(flood.peak, buffered);
      setText(part("flood-status"), `most in the socket so far: ${formatBytes(flood.peak)}`);
      part("flood-status").dataset.peak = flood.peak;
    }
    setText(part("buffers-source"), flood ? "/slow" : "/echo");
    setText(part("buffered"), formatBytes(buffered));
    part("buffered").dataset.bytes = buffered;
    setText(part("queued"), `${formatCount(queuedMessages, "message")} · ${formatBytes(queuedBytes)}`);
    part("queued").dataset.messages = queuedMessages;
    part("queued").dataset.bytes = queuedBytes;
    setText(part("queue-limit"), `limit ${formatBytes(maxBytes)}`);
    fill(part("buffered-track"), buffered / SOCKET_SCALE);
    fill(part("queued-track"), queuedBytes / maxBytes);
  }
}

function fill(track, share) {
  track.style.setProperty("--share", Math.min(1, share).toFixed(4));
}
