import { Conversation } from "./conversation.js";
import { element, part, setText, showState } from "./dom.js";
import { formatTime } from "./format.js";

const MAX_SHOWN = 300;

/** A chat over `session` that loses nothing: it repeats, after each `open`, what the server has not shown yet. */
export function startChat(session, { name, client, log }) {
  const conversation = new Conversation();
  const list = part("chat-messages");
  // The page's own mark keeps ids unique over reloads with the same client name.
  const mark = `${client.slice(0, 32)}-${Date.now().toString(36)}`;
  let said = 0;

  showState(session, part("chat-state"));
  session.addEventListener("open", () => conversation.unconfirmed.forEach(transmit));
  session.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
  part("chat-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = part("chat-input");
    if (input.value.trim()) say({ id: `${mark}-${++said}`, name, text: input.value });
    input.value = "";
  });

  function say(message) {
    conversation.say(message);
    list.append(itemFor(message, true));
    list.scrollTop = list.scrollHeight;
    if (session.readyState === session.OPEN) transmit(message);
  }

  function transmit({ id, text }) {
    session.send(JSON.stringify({ type: "say", id, text }));
  }

  function receive(message) {
    if (message.type === "message") show(message);
    else if (message.type === "history") message.messages.forEach(show);
    else if (message.type === "presence") showPresence(message.names);
    else if (message.type === "error") refuse(message);
  }

  function show(message) {
    if (!conversation.confirm(message)) return;
    const followed = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    find(message.id)?.remove();
    // What is confirmed stands before what is not, so that all tabs show the same order.
    list.insertBefore(itemFor(message, false), list.querySelector("[data-pending=true]"));
    if (list.children.length > MAX_SHOWN) list.firstChild.remove();
    if (followed) list.scrollTop = list.scrollHeight;
  }

  function refuse({ id, error }) {
    log("chat", "refused", error);
    if (conversation.withdraw(id)) find(id)?.remove();
  }

  function find(id) {
    return list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  function itemFor(message, pending) {
    const meta = pending ? "not there yet" : formatTime(message.at).slice(0, 8);
    return element(
      "li",
      { className: message.name === name ? "own" : "", data: { id: message.id, pending } },
      element("small", {}, element("b", { text: message.name }), meta),
      element("p", { text: message.text }),
    );
  }

  function showPresence(names) {
    const others = names.filter((other) => other !== name);
    setText(part("chat-presence"), `${name} (you)${others.map((other) => `, ${other}`).join("")}`);
  }
}
