import { startBuffers } from "./buffers.js";
import { startChat } from "./chat.js";
import { part, setText } from "./dom.js";
import { startEcho } from "./echo.js";
import { log, logSession } from "./event-log.js";
import { startFaults } from "./faults.js";
import { startRttChart } from "./rtt-chart.js";
import { chat, client, echo, name, ticker } from "./sessions.js";
import { startStatus } from "./status.js";
import { startTicker } from "./ticker.js";
import { startTimeline } from "./timeline.js";

const TICK_MS = 100;
const CALM_TICK_MS = 1000;

setText(part("client"), client);
for (const [source, session] of Object.entries({ echo, chat, ticker })) logSession(source, session);
startEcho(echo);
startChat(chat, { name, client, log });
startFaults();

every(TICK_MS, [startStatus(echo, [chat, ticker]), startBuffers(echo, log), startTicker(ticker)]);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
every(calm ? CALM_TICK_MS : TICK_MS, [startTimeline([echo, chat, ticker])]);
every(CALM_TICK_MS, [startRttChart(echo)]);

/** For the browser tests. */
window.lab = { echo, chat, ticker };

function every(ms, updates) {
  setInterval(() => {
    if (document.hidden) return;
    for (const update of updates) update();
  }, ms);
}
