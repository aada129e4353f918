import { useSearchParams } from "@solidjs/router";
import { batch, createEffect, createResource, createSignal, Match, Show, Suspense, Switch } from "solid-js";
import { createSteadySocket } from "steadysocket/solid";

/** Components whose room changes by a signal: `?case=` says which. */
export function Rooms() {
  const [search] = useSearchParams();
  const [room, enter] = createSignal("a");
  const [isShown, show] = createSignal(true);
  const url = () => `${search.server}?room=${room()}`;
  return (
    <>
      <h1>rooms</h1>
      <Show when={isShown()}>
        <Switch>
          <Match when={search.case === "effect"}>
            <Effect url={url} room={room()} />
          </Match>
          <Match when={search.case === "suspense"}>
            <Suspense fallback={<p id="fallback">one moment</p>}>
              <History url={url} room={room()} />
            </Suspense>
          </Match>
          <Match when={true}>
            <Plain url={url} />
          </Match>
        </Switch>
      </Show>
      <button type="button" onClick={() => enter("b")}>
        To b
      </button>
      <button
        type="button"
        onClick={() =>
          batch(() => {
            enter("b");
            globalThis.rooms.chat.send("to b");
          })
        }
      >
        To b with a word
      </button>
      <button type="button" onClick={() => show(false)}>
        Leave
      </button>
    </>
  );
}

function Plain(props) {
  const dropped = [];
  const chat = createSteadySocket(props.url, { onDrop: ({ data }) => dropped.push(data) });
  globalThis.rooms = { chat, dropped };
  return <p id="state">{chat.state()}</p>;
}

function Effect(props) {
  const [tab, turn] = createSignal(0);
  const chat = createSteadySocket(() => {
    // Read, so that this runs after the effect below.
    tab();
    return props.url();
  });
  createEffect(() => chat.send(`to ${props.room}`));
  return (
    <>
      <p id="state">{chat.state()}</p>
      <button type="button" onClick={() => turn(tab() + 1)}>
        Tab {tab()}
      </button>
    </>
  );
}

function History(props) {
  const [history] = createResource(
    () => props.room,
    (room) =>
      new Promise((resolve) => {
        const load = () => resolve(`history of ${room}`);
        if (room === "a") load();
        else globalThis.load = load;
      }),
  );
  const chat = createSteadySocket(props.url);
  globalThis.rooms = { chat };
  return (
    <>
      <p id="history">{history()}</p>
      <p id="state">{chat.state()}</p>
    </>
  );
}
