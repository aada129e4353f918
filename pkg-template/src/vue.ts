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
  watch,
} from "vue";
import type { Protocols, Provided, State, SteadySocketOptions } from "./options.js";
import type { SessionHandlers } from "./shared-session.js";

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

  /** Why there is not to be a connection. */
  const reasons = new Set<string | symbol>(["hidden"]);
  if (options.startClosed) reasons.add("closed");
  let session: SteadySocket | undefined;
  let listening: AbortController | undefined;

  const connect = () => {
    if (!session || reasons.size) return;
    socket.value = session;
    session.reconnect();
  };
  const hold = (reason: string | symbol) => {
    reasons.add(reason);
    // One that has not begun keeps what it is to send.
    socket.value?.close(1000);
  };
  const release = (reason: string | symbol) => {
    if (reasons.delete(reason)) connect();
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
    socket.value = lastMessage.value = null;
    state.value = "idle";
    if (!address) return;
    session = new SteadySocket(address, options.protocols, settings);
    listening = listen(session, settings);
    connect();
  };
  const show = () => release("hidden");

  if (!isServer) {
    replace(addressIn(url));
    watch(() => addressIn(url), replace);
  }
  const component = getCurrentInstance() as unknown as { scope: EffectScope } | null;
  if (component && component.scope === getCurrentScope()) {
    // Not before, so that a page that a server rendered is found as it was rendered, and for what is never shown.
    onMounted(show);
    if (options.closeOnDeactivate !== false) {
      onActivated(show);
      onDeactivated(() => hold("hidden"));
    }
  } else {
    // Nor here: it may be a store that such a page is the first to use.
    queueMicrotask(show);
  }
  if (getCurrentScope()) {
    onScopeDispose(() => {
      reasons.add("gone");
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
      else if (!isServer) throw new Error("useSteadySocket: there is no URL to send to.");
    },
    close(code = 1000, reason) {
      reasons.add("closed");
      session?.close(code, reason);
    },
    reconnect() {
      reasons.delete("closed");
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
  if ((address as unknown as Promise<string> | undefined)?.then) {
    throw new TypeError("useSteadySocket: a getter gave a promise; give () => freshUrl");
  }
  return address && `${address}`;
}

/** Calls the handlers at a session's events, until it is aborted. */
function listen(session: SteadySocket, handlers: SessionHandlers): AbortController {
  const listening = new AbortController();
  for (const name in handlers) {
    if (name.startsWith("on")) {
      const handler = handlers[name as keyof SessionHandlers] as EventListener;
      session.addEventListener(name.slice(2).toLowerCase(), handler, listening);
    }
  }
  return listening;
}
