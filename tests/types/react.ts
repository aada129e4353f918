// What TypeScript knows of the hook for React. Compiling is the test: `npx tsc -p tests/types`.

import { expectTypeOf } from "expect-type";
import { createElement, useEffect } from "react";
import type { Payload, SendOptions, SteadySocket } from "steadysocket";
import {
  type State,
  type UseSteadySocketOptions,
  type UseSteadySocketReturn,
  type UseSteadySocketUrl,
  useSteadySocket,
} from "steadysocket/react";

function Chat({ room, options }: { room: string | null; options?: UseSteadySocketOptions }) {
  const session = useSteadySocket(room && `/chat?room=${room}`, options);
  expectTypeOf(session).toEqualTypeOf<UseSteadySocketReturn>();
  const { state, send, lastMessage, socket } = session;
  expectTypeOf(state).toEqualTypeOf<State>();
  expectTypeOf(send).toEqualTypeOf<(data: Payload, options?: SendOptions) => void>();
  expectTypeOf(lastMessage).toEqualTypeOf<MessageEvent | null>();
  expectTypeOf(socket).toEqualTypeOf<SteadySocket | null>();
  useEffect(() => send("hello", { ttl: 1000 }), [send]);
  // @ts-expect-error the browser would send "[object Object]"
  send({});
  // @ts-expect-error nobody else sets it
  session.state = "open";
  return createElement("p", {}, state);
}

createElement(Chat, { room: null });

// Where to.
expectTypeOf<string | URL | null | undefined | false>().toExtend<UseSteadySocketUrl>();
useSteadySocket(new URL("wss://example.com"));
useSteadySocket(undefined);
useSteadySocket(Math.random() > 0.5 && "/chat");
useSteadySocket(() => new URL("wss://example.com"));
useSteadySocket(async () => "wss://example.com");
// @ts-expect-error a number is no URL
useSteadySocket(1);
// @ts-expect-error nor is a function that gives one
useSteadySocket(() => 1);
// @ts-expect-error it needs one, or to be told that there is none
useSteadySocket();

// Options: those of a session, its subprotocols, whether it is shared, and handlers with their events.
useSteadySocket("/chat", {
  heartbeat: { message: "ping", reply: "pong" },
  protocols: ["a", "b"],
  share: false,
  onOpen: ({ reconnected }) => expectTypeOf(reconnected).toEqualTypeOf<boolean>(),
  onMessage: ({ data }) => expectTypeOf(data).toBeAny(),
  onClose: ({ cause, willReconnect }) => expectTypeOf({ cause, willReconnect }).not.toBeAny(),
  onStateChange: ({ from, to }) => expectTypeOf([from, to]).toEqualTypeOf<State[]>(),
  onDrop: ({ data }) => expectTypeOf(data).toEqualTypeOf<Payload>(),
  onLatency: ({ rtt }) => expectTypeOf(rtt).toEqualTypeOf<number>(),
});
useSteadySocket("/chat", { protocols: async () => "a" });
// @ts-expect-error a misspelt handler
useSteadySocket("/chat", { onmessage() {} });
// @ts-expect-error not one of the options
useSteadySocket("/chat", { reconnect: true });
// @ts-expect-error neither yes nor no
useSteadySocket("/chat", { share: "page" });

// What a wrapper was not given it passes on, under `exactOptionalPropertyTypes` too.
type Ungiven<T> = { [Name in keyof Required<T>]: undefined };
expectTypeOf<Ungiven<UseSteadySocketOptions>>().toExtend<UseSteadySocketOptions>();
