// What TypeScript knows of the adapter for Solid. Compiling is the test.

import { expectTypeOf } from "expect-type";
import type { Accessor } from "solid-js";
import type { SteadySocket } from "steadysocket";
import {
  createSteadySocket,
  type DropEvent,
  type SessionView,
  type SolidSocket,
  type SolidSocketOptions,
  type State,
} from "steadysocket/solid";

const chat = createSteadySocket("/chat");
expectTypeOf(chat).toEqualTypeOf<SolidSocket>();
expectTypeOf(chat.state).toEqualTypeOf<Accessor<State>>();
expectTypeOf<SessionView["state"]>().toEqualTypeOf<State>();
expectTypeOf(chat.socket()).toEqualTypeOf<SteadySocket | null>();
expectTypeOf(chat.lastMessage()).toEqualTypeOf<MessageEvent | null>();
expectTypeOf(chat.send).toEqualTypeOf<SteadySocket["send"]>();
expectTypeOf(chat.close).toEqualTypeOf<SteadySocket["close"]>();
expectTypeOf(chat.reconnect).toEqualTypeOf<SteadySocket["reconnect"]>();

// A value, an accessor of one, and functions that are asked before every attempt as an accessor's value.
createSteadySocket(new URL("wss://example.com"));
createSteadySocket(null);
createSteadySocket(() => "wss://example.com");
createSteadySocket(() => false);
createSteadySocket(() => async () => "wss://example.com");
// @ts-expect-error a number is no URL
createSteadySocket(1);
// @ts-expect-error an accessor's value is there at once
createSteadySocket(async () => "wss://example.com");

createSteadySocket("/chat", {
  heartbeat: { message: "ping", reply: "pong" },
  protocols: "a",
  onMessage: ({ data }) => expectTypeOf(data).toBeAny(),
  onOpen: ({ reconnected }) => expectTypeOf(reconnected).toEqualTypeOf<boolean>(),
  onDrop: (event) => expectTypeOf(event).toEqualTypeOf<DropEvent>(),
});
// @ts-expect-error a misspelt handler
createSteadySocket("/chat", { onmessage() {} });

// What a wrapper was not given it passes on, under `exactOptionalPropertyTypes` too.
type Ungiven<T> = { [Name in keyof Required<T>]: undefined };
expectTypeOf<Ungiven<SolidSocketOptions>>().toExtend<SolidSocketOptions>();
