import { A, useSearchParams } from "@solidjs/router";
import { createEffect, createSignal, ErrorBoundary, For, Show } from "solid-js";
import { createSteadySocket } from "steadysocket/solid";

/** A page with a component that can be taken away, and one that cannot be made. */
export function Chat() {
  const [search] = useSearchParams();
  const [isShown, show] = createSignal(true);
  const [isInvalid, fail] = createSignal(false);
  return (
    <>
      <h1>chat</h1>
      <Show when={isShown()}>
        <Lines server={search.server} />
      </Show>
      <button type="button" onClick={() => show(!isShown())}>
        Toggle
      </button>
      <ErrorBoundary fallback={(error) => <p id="failed">{error.name}</p>}>
        <Show when={isInvalid()}>
          <Invalid />
        </Show>
      </ErrorBoundary>
      <button type="button" onClick={() => fail(true)}>
        Fail
      </button>
      <A href={`/rooms/a?server=${search.server}`}>a</A>
    </>
  );
}

function Lines(props) {
  const [lines, add] = createSignal([]);
  const [asked, ask] = createSignal(0);
  const [isAway, leave] = createSignal(false);
  const provider = async () => {
    ask((times) => times + 1);
    return `${props.server}?chat`;
  };
  const chat = createSteadySocket(() => !isAway() && provider, {
    onMessage: ({ data }) => add((before) => [...before, data]),
  });
  chat.send("hello");
  const runs = { state: 0, lastMessage: 0 };
  createEffect(() => chat.state() && runs.state++);
  createEffect(() => chat.lastMessage() && runs.lastMessage++);
  createEffect(() => {
    globalThis.solid = { chat, lines, runs };
  });
  return (
    <>
      <p id="state">{chat.state()}</p>
      <p id="asked">{asked()}</p>
      <p id="last">{chat.lastMessage()?.data ?? "nothing"}</p>
      <ul>
        <For each={lines().slice(0, 3)}>{(line) => <li>{line}</li>}</For>
      </ul>
      <button type="button" onClick={() => leave(!isAway())}>
        Leave
      </button>
      <button type="button" onClick={() => chat.send("more")}>
        Send
      </button>
    </>
  );
}

function Invalid() {
  createSteadySocket("ftp://example.com");
  return <p>never</p>;
}
