import { parse, printable } from "./request.mjs";

const HISTORY = 50;
const REMEMBERED = 1000;
const MAX_NAME = 32;
const MAX_ID = 64;
const MAX_TEXT = 1000;

/**
 * One room. The protocol, in JSON texts:
 *   → { type: "say", id, text }            `id` is the client's own and unique
 *   ← { type: "history", messages }        at the start, the last 50, the oldest first
 *   ← { type: "message", id, name, text, at }   to everyone, the sender included
 *   ← { type: "presence", names }          when people come and go
 *   ← { type: "error", error, id? }        for what was not understood
 * Saying the same `id` again is answered to the sender alone and changes nothing, so a client may repeat
 * whatever it has not yet seen come back.
 */
export function createChat() {
  /** id → message, in the order said; longer than the history, to recognise late repetitions. */
  const said = new Map();
  /** ws → name */
  const members = new Map();

  return function chat(ws, query) {
    const name = printable(query.get("name"), "name", MAX_NAME);
    members.set(ws, name);
    ws.on("close", () => {
      members.delete(ws);
      announcePresence();
    });
    send(ws, { type: "history", messages: [...said.values()].slice(-HISTORY) });
    announcePresence();
    return (data, isBinary) => receive(ws, name, parse(data, isBinary));
  };

  function receive(ws, name, request) {
    const id = request?.id;
    try {
      if (request?.type !== "say") throw new TypeError('expected { "type": "say", "id", "text" }');
      say(ws, name, printable(id, "id", MAX_ID), printable(request.text, "text", MAX_TEXT));
    } catch (error) {
      send(ws, { type: "error", error: error.message, ...(typeof id === "string" && { id }) });
    }
  }

  function say(ws, name, id, text) {
    const earlier = said.get(id);
    if (earlier) return send(ws, earlier);
    const message = { type: "message", id, name, text, at: Date.now() };
    said.set(id, message);
    if (said.size > REMEMBERED) said.delete(said.keys().next().value);
    broadcast(message);
  }

  function announcePresence() {
    broadcast({ type: "presence", names: [...new Set(members.values())].sort() });
  }

  function broadcast(message) {
    for (const ws of members.keys()) send(ws, message);
  }
}

function send(ws, message) {
  ws.send(JSON.stringify(message));
}
