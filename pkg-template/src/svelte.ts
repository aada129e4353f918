import { SteadySocket } from "steadysocket";
import { onMount, untrack } from "svelte";
import { createSubscriber } from "svelte/reactivity";
import { toStore } from "svelte/store";
import type { Payload, Protocols, Provided, SendOptions, SteadySocketOptions } from "./options.js";
import { IDLE, type SessionHandlers, type SessionView } from "./shared-session.js";

export type * from "steadysocket";
export type { SessionHandlers, SessionView } from "./shared-session.js";

/** What {@link steadySocket} takes: the options of a session, and what to call at its events. */
export interface SvelteSocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined>;
}

/** Where to connect to. Without one, there is no session. */
export type SvelteSocketURL = string | URL | false | null | undefined;

/**
 * A session for Svelte: read {@link SessionView.state | state}, `lastMessage` and `socket` in templates, `$derived` and `$effect`,
 * where they are reactive one by one; or all three of the store, as `$chat.state`.
 */
export interface SvelteSocket extends SessionView {
  /** As of every store: calls `run` now and whenever one of the three is another, and keeps the session meanwhile. */
  subscribe(run: (view: SessionView) => void, invalidate?: () => void): () => void;
  /**
   * As {@link SteadySocket.send}. If nobody has the session open, it is opened for as long as it takes until nothing waits.
   * On a server nothing is sent.
   *
   * @throws Error without a URL.
   */
  send(data: Payload, options?: SendOptions): void;
  /** Ends the session, as {@link SteadySocket.close}, until `reconnect()` or another URL. */
  close(code?: number, reason?: string): void;
  /** Connects now, on a fresh socket, as {@link SteadySocket.reconnect}. Does nothing if nobody has the session open. */
  reconnect(): void;
}

/** What a function given as URL may answer. */
type Answer = SvelteSocketURL | PromiseLike<string | URL>;

/**
 * A session for Svelte. It is open while somebody needs it: the component, or `$effect` of a component, that made it, and whoever
 * reads it or has subscribed to it; and if no component made it, until nothing waits any more. On a server it never is.
 *
 * @param url Where to connect to. A function is asked before every attempt, and followed as `$derived` is: when state that it
 *   reads has changed and its answer is another, the session ends and another begins.
 * @param options See {@link SvelteSocketOptions}. They are taken when a session begins.
 *
 * @example
 * ```svelte
 * <script>
 *   const chat = steadySocket("/chat", { onMessage: ({ data }) => console.log(data) });
 * </script>
 * <p>{chat.state}</p>
 * <button onclick={() => chat.send("hello")}>Greet</button>
 * ```
 */
export function steadySocket(
  url: SvelteSocketURL | (() => Answer),
  options: SvelteSocketOptions = {},
): SvelteSocket {
  /** What the URL is now, and what it was when the session began. */
  let answer: Answer;
  let address: Answer;
  let current: SteadySocket | null = null;
  let view = IDLE;
  let leave: (() => void) | undefined;
  let isMounted = false;
  const needing = new Set<(before: SessionView) => void>();

  /**
   * Asks for the URL now and whenever state that it reads has changed, until what this returns is called. On a server it never does.
   * That is `$effect.root`, which cannot be imported: it is a word of Svelte's compiler, and this package is not compiled by it. What
   * can be imported is `toStore`, whose function is run by such an effect, and at other times besides: those are told apart. It is
   * called here, since the effect belongs where it is called: the first reader may go before others.
   */
  const following = untrack(() =>
    toStore(() => {
      let isFollowed = false;
      // `$effect.tracking` cannot be imported either: a subscriber is started only where what is read is followed.
      createSubscriber(() => {
        isFollowed = true;
      })();
      if (!isFollowed) return;
      answer = ask();
      // That it fails is told as a rejection that nobody handles: if an effect throws, others may never have their turn.
      if (leave) untrack(async () => move(answer));
    }),
  );

  /** Calls `changed` when the view is another one, and keeps the session meanwhile. */
  function keep(changed: (before: SessionView) => void): () => void {
    try {
      untrack(() => {
        leave ??= following.subscribe(() => {});
        // Not when that begins: who comes after one that could not begin is told why, too.
        move(answer);
        needing.add(changed);
      });
    } finally {
      end();
    }
    return () => {
      needing.delete(changed);
      end();
    };
  }

  /** Ends the session if nobody needs it: that of a component that is gone at once, another when nothing waits any more. */
  async function end(): Promise<void> {
    // One component may be taken away, and another put in its place at once.
    await null;
    let socket: SteadySocket | null | undefined;
    // Something may wait for the session of another URL, too.
    while (!isMounted && !needing.size && socket !== current) {
      socket = current;
      await socket?.drained().catch(() => {});
    }
    if (needing.size) return;
    isMounted = false;
    leave?.();
    leave = undefined;
    move(undefined);
  }

  function ask(): Answer {
    try {
      const given = typeof url === "function" ? url() : url;
      return (given as URL)?.href || given || null;
    } catch (error) {
      // A function's failure to give a URL is told as any other: `onClose`, and another attempt.
      return Promise.reject(error);
    }
  }

  /** Another address, another session. `null` is for nowhere, `undefined` for nobody. */
  function move(next: Answer): void {
    if (next === address) return;
    const before = current;
    current = address = null;
    try {
      if (next) current = begin(next);
      address = next;
    } finally {
      before?.close(1000);
      // What a server rendered is `idle`, and so is what a page makes of it: that takes no longer than this task.
      if (before) show(null);
      else queueMicrotask(show);
    }
  }

  function begin(first: Answer): SteadySocket {
    const answers = [first];
    const provider = typeof url === "function" ? () => answers.pop() || url() || null : first;
    const socket = new SteadySocket(provider as string, options.protocols, options);
    for (const handlers of [{ onStateChange: () => show(), onMessage: show }, options]) {
      // An option that is no handler has a name that is no event's either.
      for (const name in handlers) {
        socket.addEventListener(name.slice(2).toLowerCase(), (event) => {
          // Of a session that is over, only what is given up is told.
          const isHeard = socket === current || name === "onDrop";
          // An effect that sends, say, does not depend on what handlers read.
          if (isHeard) untrack(() => handlers[name as keyof SessionHandlers]?.(event as never));
        });
      }
    }
    return socket;
  }

  function show(lastMessage: MessageEvent | null = view.lastMessage): void {
    const before = view;
    view = { socket: current, state: current?.state ?? "idle", lastMessage };
    for (const changed of needing) changed(before);
  }

  function reader(name: keyof SessionView): () => unknown {
    const track = createSubscriber((update) =>
      keep((before) => {
        if (before[name] !== view[name]) update();
      }),
    );
    return () => {
      track();
      return view[name];
    };
  }

  try {
    onMount(() => {
      isMounted = true;
      return keep(() => {});
    });
  } catch {
    // No component made it: it is open while somebody reads it.
  }

  const socket: SvelteSocket = {
    ...IDLE,
    subscribe(run) {
      const leave = keep(() => run(view));
      run(view);
      return leave;
    },
    send: (...message) =>
      untrack(() => {
        // If nobody has it open, it is open until nothing waits.
        if (!current) keep(() => {})();
        if (address === null) throw new Error("SteadySocket: no URL.");
        current?.send(...message);
      }),
    close: (...args) => untrack(() => current?.close(...args)),
    reconnect: () => untrack(() => current?.reconnect()),
  };
  for (const name in IDLE) {
    Object.defineProperty(socket, name, { get: reader(name as keyof SessionView) });
  }
  return socket;
}
