import { type DropEvent, type RetryEvent, SteadySocket } from "steadysocket";
import { copyOf, find } from "../../dom.ts";
import { compose, EMPTY, heard, type Message, type Room, said, timeOf } from "../room.ts";

const join = find<HTMLFormElement>("#join");
const chat = find("#chat");
const state = find("#state");
const list = find("#messages");
const text = find<HTMLInputElement>("#text");

join.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(find<HTMLInputElement>("#name").value);
});

/** A session for as long as one is in the room. */
function enter(name: string): void {
  const left = new AbortController();
  const { signal } = left;
  const items = new Map<string, HTMLElement>();
  let room = EMPTY;
  const socket = new SteadySocket(`/chat?name=${encodeURIComponent(name)}`, [], {
    heartbeat: { message: "ping", reply: "pong", interval: 5000, timeout: 3000 },
    queue: { inFlight: true },
  });

  socket.addEventListener("statechange", showState, { signal });
  socket.addEventListener("retry", showDelay, { signal });
  socket.addEventListener("message", ({ data }) => show(heard(room, data)), { signal });
  socket.addEventListener("drop", repeat, { signal });
  find("#say").addEventListener("submit", say, { signal });
  find("#leave").addEventListener("click", leave, { signal });
  join.hidden = true;
  chat.hidden = false;
  showState();
  show(room);
  text.focus();

  function showState(): void {
    state.dataset.state = state.textContent = socket.state;
  }

  function showDelay({ delay }: RetryEvent): void {
    state.style.animationDuration = `${delay}ms`;
  }

  function say(event: Event): void {
    event.preventDefault();
    const message = compose(name, text.value);
    show(said(room, message));
    socket.send(JSON.stringify({ type: "say", ...message }));
    text.value = "";
  }

  function repeat({ data, reason }: DropEvent): void {
    if (reason === "in-flight-unknown") socket.send(data);
  }

  function leave(): void {
    socket.close(1000);
    left.abort();
    list.replaceChildren();
    join.hidden = false;
    chat.hidden = true;
  }

  function show(next: Room): void {
    room = next;
    find("#names").textContent = room.names.join(", ");
    for (const [id, item] of items) if (!room.messages.some((message) => message.id === id)) item.remove();
    room.messages.forEach((message, index) => {
      const item = items.get(message.id) ?? itemFor(message, message.name === name);
      items.set(message.id, item);
      item.dataset.pending = String(!message.at);
      find("time", item).textContent = timeOf(message);
      if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
    });
  }
}

function itemFor({ name, text }: Message, own: boolean): HTMLElement {
  const item = copyOf("#message");
  item.classList.toggle("own", own);
  find("b", item).textContent = name;
  find("p", item).textContent = text;
  return item;
}
