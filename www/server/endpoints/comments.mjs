import { quantity } from "./quantity.mjs";
import { parse, printable } from "./request.mjs";

const INTERVAL_MS = 100;
const MAX_BACKLOG_BYTES = 64 * 1024;
const MAX_PER_MINUTE = 6000;
const MAX_ID = 64;
const MAX_TEXT = 100;
const SAID = [
  ["first", "here we go", "finally", "hello from the train", "is it on?", "good evening", "just in time"],
  ["wow", "no way", "haha", "what", "that light", "goosebumps", "so calm", "gorgeous", "unreal", "again!"],
  ["who does the music?", "I was there once", "my cat is watching too", "turn it up", "worth staying up for"],
  [
    "never gets old",
    "this part",
    "wait for it",
    "here it comes",
    "told you",
    "10/10",
    "I could watch this all night",
  ],
].flat();
const ENDINGS = ["", "", "", "", "!", " …", " :)", "!!"];

/**
 * Comments on what all watch, everybody's to everybody, in JSON texts:
 *   → { type: "comment", id, text }           `id` is the client's own and unique
 *   ← { type: "comments", comments }          `{ id, text }` each, the sender's own included
 *   ← { type: "error", error, id? }           for what was not understood
 * A made-up audience comments as well, for as long as anybody watches: `audience` times a minute, or as often as the
 * keenest viewer wants; who wants fewer sees some of them.
 */
export function createComments() {
  /** ws → made-up comments a minute */
  const viewers = new Map();
  let timer;
  let made = 0;

  return function comments(ws, query) {
    viewers.set(ws, quantity(query, "audience", { fallback: 60, min: 0, max: MAX_PER_MINUTE }));
    timer ??= setInterval(murmur, INTERVAL_MS);
    ws.on("close", () => {
      viewers.delete(ws);
      if (viewers.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
    return (data, isBinary) => receive(ws, parse(data, isBinary));
  };

  function receive(ws, request) {
    const id = request?.id;
    try {
      if (request?.type !== "comment") throw new TypeError('expected { "type": "comment", "id", "text" }');
      const comment = { id: printable(id, "id", MAX_ID), text: printable(request.text, "text", MAX_TEXT) };
      for (const viewer of viewers.keys()) show(viewer, [comment]);
    } catch (error) {
      ws.send(JSON.stringify({ type: "error", error: error.message, ...(typeof id === "string" && { id }) }));
    }
  }

  function murmur() {
    const most = Math.max(...viewers.values());
    const count = Math.floor((most * INTERVAL_MS) / 60_000 + Math.random());
    const heard = Array.from({ length: count }, () => ({ rank: Math.random() * most, comment: makeUp() }));
    for (const [viewer, perMinute] of viewers) {
      const comments = heard.filter(({ rank }) => rank < perMinute).map(({ comment }) => comment);
      if (comments.length > 0) show(viewer, comments);
    }
  }

  function makeUp() {
    return { id: `audience-${++made}`, text: anyOf(SAID) + anyOf(ENDINGS) };
  }
}

/** A comment belongs to its moment: who does not keep up skips some. */
function show(ws, comments) {
  if (ws.bufferedAmount < MAX_BACKLOG_BYTES) ws.send(JSON.stringify({ type: "comments", comments }));
}

function anyOf(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}
