import { SteadySocket } from "steadysocket";
import {
  type ComputedRef,
  computed,
  type EffectScope,
  getCurrentInstance,
  getCurrentScope,
  nextTick,
  onActivated,
  onDeactivated,
  onMounted,
  onScopeDispose,
  type Ref,
  shallowRef,
  toValue,
  watch,
} from "vue";
import type { Protocols, Provided, State, SteadySocketOptions } from "./options.js";
import { listen, type SessionHandlers } from "./shared-session.js";

/** A URL, or a function that is asked for one before every attempt; without one there is no session. */
export type Address = Provided<string | URL> | null | undefined;

/**
 * A URL, or a ref or getter of an {@link Address}. A function is a getter, as everywhere in Vue: one that is to be asked before
 * every attempt is what a getter or a ref gives, `() => freshUrl`.
 */
export type AddressSource = string | URL | null | undefined | Readonly<Ref<Address>> | (() => Address);

/** Those of a {@link SteadySocket}, taken when a session is made, and what to call at its events. */
export interface UseSteadySocketOptions extends SteadySocketOptions, SessionHandlers {
  /** A subprotocol, several, or a function that gives them before every attempt. */
  protocols?: Provided<Protocols | undefined>;
  /** Close while the component is deactivated (`<KeepAlive>`), and come back with it. Default true. */
  closeOnDeactivate?: boolean;
}

/** A session as a component sees it. */
export interface UseSteadySocketReturn {
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
export function useSteadySocket(
  url: AddressSource,
  options: UseSteadySocketOptions = {},
): UseSteadySocketReturn {
  const socket = shallowRef<SteadySocket | null>(null);
  const state = shallowRef<State>("idle");
  const lastMessage = shallowRef<MessageEvent | null>(null);
  const isServer = typeof document === "undefined";
  const settings = {
    ...options,
    startClosed: true,
    onStateChange(event) {
      state.value = event.to;
      options.onStateChange?.(event);
    },
    onMessage(event) {
      lastMessage.value = event;
      options.onMessage?.(event);
    },
  } satisfies UseSteadySocketOptions;

  /** Whether the user wants to be connected. */
  let isWanted = !options.startClosed;
  /** What else keeps it from being so. */
  const pauses = new Set<symbol>();
  let session: SteadySocket | undefined;
  let listening: AbortController | undefined;

  const connect = () => {
    if (!session || !isWanted || pauses.size) return;
    socket.value = session;
    session.reconnect();
  };
  const hold = (pause: symbol) => {
    if (!pauses.size) session?.close(1000);
    pauses.add(pause);
  };
  const release = (pause: symbol) => {
    if (pauses.delete(pause)) connect();
  };
  const end = () => {
    // Nobody is there any more to be told of its end.
    listening?.abort();
    session?.close(1000);
    state.value = "closed";
  };
  const replace = (address: Address) => {
    end();
    session = undefined;
    socket.value = null;
    state.value = "idle";
    lastMessage.value = null;
    if (!address) return;
    session = new SteadySocket(address, options.protocols, settings);
    listening = listen(session, () => settings);
    connect();
  };

  const hidden = Symbol();
  hold(hidden);
  if (!isServer) {
    replace(addressIn(url));
    watch(() => addressIn(url), replace);
  }
  if (isInComponent()) {
    // Not before, so that a page that a server rendered is found as it was rendered, and for what is never shown.
    onMounted(() => release(hidden));
    if (options.closeOnDeactivate !== false) {
      onActivated(() => release(hidden));
      onDeactivated(() => hold(hidden));
    }
  } else if (getCurrentInstance()) {
    // A store that a component is the first to use.
    nextTick(() => release(hidden));
  } else {
    release(hidden);
  }
  if (getCurrentScope()) {
    onScopeDispose(() => {
      hold(Symbol());
      end();
    });
  }

  return {
    // Computed, so that Pinia does not take them for state, which is saved on a server and restored in the page.
    socket: computed(() => socket.value),
    state: computed(() => state.value),
    lastMessage: computed(() => lastMessage.value),
    send(...message) {
      if (session) session.send(...message);
      else if (!isServer) throw new Error("useSteadySocket: without a URL there is nobody to send to.");
    },
    close(code = 1000, reason) {
      isWanted = false;
      session?.close(code, reason);
    },
    reconnect() {
      isWanted = true;
      connect();
    },
    pause() {
      const pause = Symbol();
      hold(pause);
      return () => release(pause);
    },
  };
}

/** As what can be compared: a URL as text. */
function addressIn(url: AddressSource): Address {
  const address = toValue(url);
  if (typeof address === "function") return address;
  if (typeof (address as unknown as PromiseLike<string> | undefined)?.then === "function") {
    throw new TypeError(
      "useSteadySocket: the getter gave a promise; let it give the function: () => freshUrl",
    );
  }
  return address && `${address}`;
}

/** Whether what is set up belongs to a component, and not to a scope of its own. */
function isInComponent(): boolean {
  const instance = getCurrentInstance() as unknown as { scope: EffectScope } | null;
  return instance?.scope === getCurrentScope() && instance !== null;
}
