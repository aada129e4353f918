import { part, setText } from "./dom.js";
import { formatTime } from "./format.js";

const READY_STATES = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];

/**
 * The state of `session` in words and numbers, and the buttons that close and reopen it. A fault can end the
 * `others` for good too, so reopening revives them as well. Answers a function to call ten times a second.
 */
export function startStatus(session, others) {
  const card = part("state-card");
  let retries = 0;
  let nextTryAt;

  session.addEventListener("statechange", showState);
  session.addEventListener("open", showState);
  session.addEventListener("close", ({ cause, code }) => {
    showState();
    setText(part("cause"), `${cause} · ${code}`);
    part("cause").title = formatTime();
  });
  session.addEventListener("retry", ({ delay }) => {
    nextTryAt = performance.now() + delay;
    setText(part("retry-count"), String(++retries));
  });
  part("close").addEventListener("click", () => session.close(1000, "closed in the lab"));
  part("reopen").addEventListener("click", () => {
    session.reconnect();
    for (const other of others) if (other.state === "closed") other.reconnect();
  });
  showState();

  return () => {
    const waiting = session.state === "waiting" && nextTryAt !== undefined;
    const seconds = Math.max(0, nextTryAt - performance.now()) / 1000;
    setText(part("countdown"), waiting ? `${seconds.toFixed(1)} s` : "–");
  };

  function showState() {
    card.dataset.state = session.state;
    setText(part("state"), session.state);
    setText(part("ready-state"), READY_STATES[session.readyState]);
  }
}
