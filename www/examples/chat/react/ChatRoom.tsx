import { type FormEvent, useState } from "react";
import { useSteadySocket } from "steadysocket/react";
import { compose, EMPTY, heard, said, timeOf } from "../room.ts";

export function ChatRoom({ name, onLeave }: { name: string; onLeave: () => void }) {
  const [room, setRoom] = useState(EMPTY);
  const [text, setText] = useState("");
  const [delay, setDelay] = useState(0);
  const { state, send } = useSteadySocket(`/chat?name=${encodeURIComponent(name)}`, {
    heartbeat: { message: "ping", reply: "pong", interval: 5000, timeout: 3000 },
    queue: { inFlight: true },
    onRetry: (event) => setDelay(event.delay),
    onMessage: ({ data }) => setRoom((room) => heard(room, data)),
    onDrop: ({ data, reason }) => {
      if (reason === "in-flight-unknown") send(data);
    },
  });

  function say(event: FormEvent) {
    event.preventDefault();
    const message = compose(name, text);
    setRoom((room) => said(room, message));
    send(JSON.stringify({ type: "say", ...message }));
    setText("");
  }

  return (
    <section className="chat" aria-label="Chat">
      <header>
        <p className="chip" role="status" data-state={state} style={{ animationDuration: `${delay}ms` }}>
          {state}
        </p>
        <p className="names">Here: {room.names.join(", ")}</p>
        <button type="button" onClick={onLeave}>
          Leave
        </button>
      </header>
      <div className="log" role="log" aria-label="Messages" tabIndex={0}>
        <ol>
          {room.messages.map((message) => (
            <li
              key={message.id}
              className={message.name === name ? "own" : undefined}
              data-pending={!message.at}
            >
              <small>
                <b>{message.name}</b> <time>{timeOf(message)}</time>
              </small>
              <p>{message.text}</p>
            </li>
          ))}
        </ol>
      </div>
      <form className="say" onSubmit={say}>
        <input
          ref={focus}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label="Message"
          placeholder="Message"
          maxLength={1000}
          autoComplete="off"
          required
        />
        <button type="submit">Send</button>
      </form>
    </section>
  );
}

function focus(input: HTMLInputElement | null) {
  input?.focus();
}
