// What TypeScript knows of the adapter for Svelte. Compiling is the test: `npx tsc -p tests/types`.

import { expectTypeOf } from "expect-type";
import type { SteadySocket } from "steadysocket";
import {
  type SessionView,
  type State,
  type SvelteSocket,
  type SvelteSocketOptions,
  steadySocket,
} from "steadysocket/svelte";
import { derived, fromStore, get, type Readable } from "svelte/store";

const chat = steadySocket("/chat");
expectTypeOf(chat).toEqualTypeOf<SvelteSocket>();

// Read one by one, and written by nobody.
expectTypeOf(chat.state).toEqualTypeOf<State>();
expectTypeOf(chat.socket).toEqualTypeOf<SteadySocket | null>();
expectTypeOf(chat.lastMessage).toEqualTypeOf<MessageEvent | null>();
// @ts-expect-error
chat.state = "open";

// A store, wherever Svelte takes one.
const store: Readable<SessionView> = chat;
expectTypeOf(get(store).state).toEqualTypeOf<State>();
expectTypeOf(fromStore(chat).current).toEqualTypeOf<SessionView>();
expectTypeOf(derived(chat, ({ lastMessage }) => lastMessage)).toEqualTypeOf<Readable<MessageEvent | null>>();

// What is done, as a SteadySocket does it.
expectTypeOf(chat.send).toEqualTypeOf<(...args: Parameters<SteadySocket["send"]>) => void>();
expectTypeOf(chat.close).toEqualTypeOf<SteadySocket["close"]>();
expectTypeOf(chat.reconnect).toEqualTypeOf<SteadySocket["reconnect"]>();
// @ts-expect-error the browser would send "[object Object]"
chat.send({});

// Where to.
steadySocket(new URL("wss://example.com"));
steadySocket(null);
steadySocket(undefined);
steadySocket(false);
steadySocket(() => null);
steadySocket(() => new URL("wss://example.com"));
steadySocket(async () => "wss://example.com");
// @ts-expect-error a number is no URL
steadySocket(1);
// @ts-expect-error nor is a function that gives one
steadySocket(() => 1);

// Options: those of a session, its subprotocols, and handlers with their events.
steadySocket("/chat", {
  heartbeat: { message: "ping", reply: "pong" },
  protocols: ["a", "b"],
  onOpen: ({ reconnected }) => expectTypeOf(reconnected).toEqualTypeOf<boolean>(),
  onMessage: ({ data }) => expectTypeOf(data).toBeAny(),
  onClose: ({ cause, willReconnect }) => expectTypeOf({ cause, willReconnect }).not.toBeAny(),
  onStateChange: ({ from, to }) => expectTypeOf([from, to]).toEqualTypeOf<State[]>(),
  onLatency: ({ rtt }) => expectTypeOf(rtt).toEqualTypeOf<number>(),
});
steadySocket("/chat", { protocols: async () => "a" });
// @ts-expect-error a misspelt handler
steadySocket("/chat", { onmessage() {} });
// @ts-expect-error not one of the options
steadySocket("/chat", { reconnect: true });

// What a wrapper was not given it passes on, under `exactOptionalPropertyTypes` too.
type Ungiven<T> = { [Name in keyof Required<T>]: undefined };
expectTypeOf<Ungiven<SvelteSocketOptions>>().toExtend<SvelteSocketOptions>();
