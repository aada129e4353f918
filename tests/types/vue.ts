// What TypeScript knows of the adapters for Vue and Vue Router. Compiling is the test: `npx tsc -p tests/types`.

import { expectTypeOf } from "expect-type";
import { type State, SteadySocket } from "steadysocket";
import {
  useSteadySocket,
  type VueSocket,
  type VueSocketOptions,
  type State as VueState,
} from "steadysocket/vue";
import { closeOnRouteLeave } from "steadysocket/vue-router";
import { type ComputedRef, computed, ref, shallowRef } from "vue";

const chat = useSteadySocket("/chat");
expectTypeOf(chat).toEqualTypeOf<VueSocket>();

// Refs, written by nobody.
expectTypeOf(chat.state).toEqualTypeOf<ComputedRef<State>>();
expectTypeOf<VueState>().toEqualTypeOf<State>();
expectTypeOf(chat.socket.value).toEqualTypeOf<SteadySocket | null>();
expectTypeOf(chat.lastMessage.value).toEqualTypeOf<MessageEvent | null>();
// @ts-expect-error
chat.state.value = "open";

// What is done, as a SteadySocket does it.
expectTypeOf(chat.send).toEqualTypeOf<SteadySocket["send"]>();
expectTypeOf(chat.close).toEqualTypeOf<SteadySocket["close"]>();
expectTypeOf(chat.pause()).toEqualTypeOf<() => void>();
// @ts-expect-error the browser would send "[object Object]"
chat.send({});

// Where to.
const isIn = ref(false);
const freshUrl = async () => "wss://example.com";
useSteadySocket(new URL("wss://example.com"));
useSteadySocket(null);
useSteadySocket(undefined);
useSteadySocket(() => isIn.value && "/chat");
useSteadySocket(() => (isIn.value ? new URL("wss://example.com") : null));
useSteadySocket(ref("/chat"));
useSteadySocket(ref<string | null>(null));
useSteadySocket(computed(() => "/chat"));
useSteadySocket(() => freshUrl);
useSteadySocket(shallowRef(freshUrl));
// @ts-expect-error a getter gives no promise
useSteadySocket(freshUrl);
// @ts-expect-error a number is no URL
useSteadySocket(() => 1);

// Options: those of a session, its subprotocols, and handlers with their events.
useSteadySocket("/chat", {
  heartbeat: { message: "ping", reply: "pong" },
  protocols: ["a", "b"],
  closeOnDeactivate: false,
  onOpen: ({ reconnected }) => expectTypeOf(reconnected).toEqualTypeOf<boolean>(),
  onMessage: ({ data }) => expectTypeOf(data).toBeAny(),
  onDrop: ({ reason }) => expectTypeOf(reason).toBeString(),
});
useSteadySocket("/chat", { closeOnDeactivate: undefined, protocols: undefined });
// @ts-expect-error
useSteadySocket("/chat", { onmessage: () => {} });

// What a wrapper was not given it passes on, under `exactOptionalPropertyTypes` too.
type Ungiven<T> = { [Name in keyof Required<T>]: undefined };
expectTypeOf<Ungiven<VueSocketOptions>>().toExtend<VueSocketOptions>();

// What is closed with the route is returned.
expectTypeOf(closeOnRouteLeave(chat)).toEqualTypeOf<VueSocket>();
expectTypeOf(closeOnRouteLeave(new SteadySocket("/"))).toEqualTypeOf<SteadySocket>();
closeOnRouteLeave({ pause: () => () => {} });
// @ts-expect-error
closeOnRouteLeave({});
