import { SteadySocket } from "steadysocket";
import {
  type ComputedRef,
  computed,
  type EffectScope,
  getCurrentInstance,
  getCurrentScope,
  onActivated,
  onDeactivated,
  onMounted,
  onScopeDispose,
  type Ref,
  shallowRef,
  toValue,
  triggerRef,
  watch,
} from "vue";
import type { DropEvent } from "./events.js";
import type { Protocols, Provided, State, SteadySocketOptions } from "./options.js";
import type { SessionHandlers } from "./shared-session.js";

export type * from "steadysocket";
export type { SessionHandlers };

/** A URL, or a function that is asked for one before every attempt; without one there is no session. */
export type VueSocketURL = Provided<string | URL> | false | null | undefined;

/**
 * A URL, or a ref or getter of an {@link VueSocketURL}. A function is a getter, as everywhere in Vue: one that is to be asked before
 * every attempt is what a getter or a ref gives, `() => freshUrl`.
 */
export type VueSocketURLSource =
  | Exclude<VueSocketURL, () => unknown>
  | Readonly<Ref<VueSocketURL>>
  | (() => VueSocketURL);

/** Those of a {@link SteadySocket}, taken when a session is made, and what to call at its events. */
export interface VueSocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined> | undefined;
  /** Close while the component is deactivated (`<KeepAlive>`), and come back with it. Default true. */
  closeOnDeactivate?: boolean | undefined;
}

/** What Vue does not declare of a component. */
interface Instance {
  scope: EffectScope;
  isMounted: boolean;
  isDeactivated: boolean;
  parent: Instance | null;
}

/** A session as a component sees it. */
export interface VueSocket {
  /** The session; `null` until it has begun, and on a server. */
  readonly socket: ComputedRef<SteadySocket | null>;
  /** What it is doing; `idle` while there is none. */
  readonly state: ComputedRef<State>;
  /** The latest message. A watcher may see the last one alone of several at once: `onMessage` misses none. */
  readonly lastMessage: ComputedRef<MessageEvent | null>;
  /**
   * Sends a message, which waits until there is a connection.
   *
   * @throws Error without a URL, and what {@link SteadySocket.send} throws.
   */
  readonly send: SteadySocket["send"];
  /** Ends the session, with 1000 unless told otherwise; nothing but {@link reconnect} revives it, no new URL either. */
  readonly close: SteadySocket["close"];
  /** Connects now, on a fresh socket; while it is paused, as soon as it is no longer. */
  readonly reconnect: () => void;
  /** Closes with 1000 until the function that it returns is called. Of several pauses the last to end counts. */
  readonly pause: () => () => void;
}

/**
 * A {@link SteadySocket} that lives as long as the component, from when it is mounted, or as long as the effect scope; never on
 * a server. Another URL is another session.
 *
 * @example
 * ```ts
 * const { state, send } = useSteadySocket(() => `/chat/${props.room}`, { onMessage: ({ data }) => show(data) });
 * ```
 */
export function useSteadySocket(url: VueSocketURLSource, options: VueSocketOptions = {}): VueSocket {
  const socket = shallowRef<SteadySocket | null>(null);
  const lastMessage = shallowRef<MessageEvent | null>(null);
  const isServer = typeof document === "undefined";

  /** Why there is to be no connection for now: each is what ends it. At the end of the scope there is `null`, for good. */
  const pauses = new Set<(() => void) | null>();
  let isClosed = options.startClosed;
  let session: SteadySocket | undefined;

  // Refs are written here and never read: an effect that calls one of these is not to depend on what that changes.
  const connect = () => {
    if (!session || isClosed || pauses.size) return;
    socket.value = session;
    session.reconnect();
  };
  const hold = (end: () => void) => {
    pauses.add(end);
    // One that has not begun keeps what it is to send.
    if (session?.state !== "idle") session?.close(1000);
  };
  const pause = () => {
    const end = () => {
      if (pauses.delete(end)) connect();
    };
    hold(end);
    return end;
  };
  const show = pause();
  /** In a microtask, so that what is dropped can be sent to the next session, and children that go along can say goodbye. */
  const leave = () => {
    const left = session;
    queueMicrotask(() => left?.close(1000));
  };
  const replace = (address: VueSocketURL) => {
    leave();
    session = undefined;
    socket.value = lastMessage.value = null;
    if (!address) return;
    // What changes the URL may also hide the component, later in the same flush.
    queueMicrotask(pause());
    const made = new SteadySocket(address, options.protocols, { ...options, startClosed: true });
    session = made;
    made.addEventListener("statechange", () => triggerRef(socket));
    made.addEventListener("message", (event) => {
      if (made === session) lastMessage.value = event;
    });
    for (const name in options) {
      if (!name.startsWith("on")) continue;
      made.addEventListener(name.slice(2).toLowerCase(), (event) => {
        const isOver = made !== session || pauses.has(null);
        // What one that is over drops is told nevertheless, but not what may have arrived: who sends that again sends it elsewhere.
        if (!isOver || (name === "onDrop" && (event as DropEvent).reason !== "in-flight-unknown"))
          options[name as "onDrop"]?.(event as DropEvent);
      });
    }
  };

  if (!isServer) {
    replace(addressIn(url));
    watch(() => addressIn(url), replace);
  }
  const component = getCurrentInstance() as unknown as Instance | null;
  if (component && component.scope === getCurrentScope()) {
    const stays = options.closeOnDeactivate === false;
    const enter = () => {
      // Vue mounts components in deactivated ones, too.
      for (let at: Instance | null = component; at; at = at.parent) if (at.isDeactivated && !stays) return;
      show();
    };
    // Not before, so that a page that a server rendered is found as it was rendered, and for what is never shown.
    if (component.isMounted) enter();
    else onMounted(enter);
    // Vue drops the mounted hook of what is hidden before that was called.
    onActivated(show);
    if (!stays) onDeactivated(() => hold(show));
  } else show();
  if (getCurrentScope()) {
    onScopeDispose(() => {
      pauses.add(null);
      leave();
    });
  }

  return {
    // Computed, so that Pinia does not take them for state, which is saved on a server and restored in the page.
    socket: computed(() => socket.value),
    state: computed(() => socket.value?.state ?? "idle"),
    lastMessage: computed(() => lastMessage.value),
    send(...message) {
      if (!session && !isServer) throw new Error("useSteadySocket: no URL");
      session?.send(...message);
    },
    close(code = 1000, reason) {
      const wasClosed = isClosed;
      isClosed = true;
      try {
        session?.close(code, reason);
      } catch (error) {
        isClosed = wasClosed;
        throw error;
      }
    },
    reconnect() {
      isClosed = false;
      connect();
    },
    pause,
  };
}

/** As what can be compared: a URL as text. */
function addressIn(url: VueSocketURLSource): VueSocketURL {
  const address = toValue(url);
  if ((address as unknown as Promise<string>)?.then) {
    throw new TypeError("useSteadySocket: a promise is no URL");
  }
  return (address as URL)?.href ?? address;
}
