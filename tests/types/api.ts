// What TypeScript knows of the package. Compiling is the test: tests/package/types.test.mjs, in several ways.

import { expectTypeOf } from "expect-type";
import type {
  BackoffOptions,
  BackpressureOptions,
  Cause,
  HeartbeatOptions,
  PageHideOptions,
  Payload,
  QueueOptions,
  State,
  Stats,
  SteadyCloseEvent,
  SteadySocketOptions,
} from "steadysocket";
import { SteadySocket } from "steadysocket";
import type * as plain from "steadysocket/js";
import { retryAfter } from "steadysocket/retry-after";
import { init } from "steadysocket/slim";
import { WebSocket as StandardWebSocket } from "steadysocket/websocket";

const socket = new SteadySocket("/chat");

// Code that takes a WebSocket takes a SteadySocket.
const standard: WebSocket = socket;
expectTypeOf(standard.close).toBeFunction();
expectTypeOf(socket.readyState).toEqualTypeOf<0 | 1 | 2 | 3>();
expectTypeOf<typeof SteadySocket>().toExtend<
  new (
    url: string | URL,
    protocols?: string | string[],
  ) => WebSocket
>();
expectTypeOf(SteadySocket.OPEN).toEqualTypeOf<1>();
expectTypeOf(socket.CLOSED).toEqualTypeOf<3>();

// The strict class has the very type of the global one.
expectTypeOf(StandardWebSocket).toEqualTypeOf<typeof WebSocket>();
// @ts-expect-error it has no options
new StandardWebSocket("/", [], { retries: 1 });

// The core makes no difference.
expectTypeOf<typeof plain>().toEqualTypeOf<typeof import("steadysocket")>();
expectTypeOf<plain.SteadySocketOptions>().toEqualTypeOf<SteadySocketOptions>();

// URLs and subprotocols: values, or functions that give them, now or later.
new SteadySocket(new URL("wss://example.com"), ["a", "b"]);
new SteadySocket(
  async () => `wss://example.com/?token=${await Promise.resolve(1)}`,
  () => "a",
);
// @ts-expect-error a number is no URL
new SteadySocket(1);
// @ts-expect-error nor is a function that gives one
new SteadySocket(() => 1);

// Options: all optional, none unknown. One that is undefined has its default, so that what is optional can be handed on.
declare const handed: { signal?: AbortSignal; retry?: SteadySocketOptions["retry"]; max?: number };
new SteadySocket("/", [], { signal: handed.signal, retry: handed.retry, backoff: { max: handed.max } });
retryAfter({ max: handed.max });
socket.send("text", { ttl: handed.max });
expectTypeOf<object>().toExtend<SteadySocketOptions>();
new SteadySocket("/", [], { heartbeat: "ping", queue: false, backoff: { max: 1000 } });
new SteadySocket("/", [], {
  heartbeat: { message: () => new Uint8Array(1), reply: (data) => data === "pong" },
});
// @ts-expect-error a misspelt option
new SteadySocket("/", [], { heartBeat: "ping" });
// @ts-expect-error not one of the policies
new SteadySocket("/", [], { queue: { overflow: "drop" } });
// @ts-expect-error a heartbeat needs a message
new SteadySocket("/", [], { heartbeat: { interval: 1000 } });
new SteadySocket("/", [], {
  retry({ cause, code, reason, wasClean, willRetry }) {
    expectTypeOf(cause).toEqualTypeOf<Cause>();
    expectTypeOf({ code, reason, wasClean, willRetry }).toEqualTypeOf<{
      code: number;
      reason: string;
      wasClean: boolean;
      willRetry: boolean;
    }>();
    return code === 4000 ? 1000 : undefined;
  },
});

new SteadySocket("/", [], { retry: retryAfter({ max: 60_000 }) });
new SteadySocket("/", [], {
  heartbeat: { message: "ping", reply: "pong", worker: true },
  queue: { inFlight: true },
});

// Events have their fields, in listeners and in handlers.
socket.addEventListener("close", (event) => {
  expectTypeOf(event).toEqualTypeOf<SteadyCloseEvent>();
  expectTypeOf(event.willReconnect).toEqualTypeOf<boolean>();
  expectTypeOf(event.cause).toEqualTypeOf<Cause>();
});
socket.addEventListener("open", ({ reconnected }) => expectTypeOf(reconnected).toEqualTypeOf<boolean>(), {
  once: true,
});
socket.addEventListener("statechange", ({ from, to }) => expectTypeOf([from, to]).toEqualTypeOf<State[]>());
socket.addEventListener("message", ({ data }) => expectTypeOf(data).toBeAny());
socket.addEventListener("anything else", (event) => expectTypeOf(event).toEqualTypeOf<Event>());
socket.onretry = ({ attempt, delay }) => expectTypeOf([attempt, delay]).toEqualTypeOf<number[]>();
socket.ondrop = ({ data, reason }) => {
  expectTypeOf(data).toEqualTypeOf<Payload>();
  expectTypeOf(reason).toEqualTypeOf<"overflow" | "expired" | "closed" | "in-flight-unknown">();
};
socket.onlatency = null;

// What may be sent.
socket.send("text", { ttl: 1000 });
socket.send(new Float32Array(4).buffer);
socket.send(new DataView(new ArrayBuffer(4)));
socket.send(new Blob([]));
// @ts-expect-error the browser would send "[object Object]"
socket.send({});

expectTypeOf(socket.state).toEqualTypeOf<State>();
expectTypeOf(socket.stats()).toEqualTypeOf<Stats>();
expectTypeOf(socket.stats().inFlight).toEqualTypeOf<number>();
expectTypeOf(socket.drained()).toEqualTypeOf<Promise<void>>();
expectTypeOf(init).returns.toEqualTypeOf<Promise<void>>();

async function scope() {
  using scoped = new SteadySocket("/");
  await using awaited = new SteadySocket("/");
  expectTypeOf([scoped, awaited]).toEqualTypeOf<SteadySocket[]>();
}
scope();

// The types are those of the package's users alone.
// @ts-expect-error what makes events is the package's own
export type { makeEvent } from "steadysocket";

// What a wrapper was not given it passes on, under `exactOptionalPropertyTypes` too.
type Ungiven<T> = { [Name in keyof Required<T>]: undefined };
expectTypeOf<Ungiven<SteadySocketOptions>>().toExtend<SteadySocketOptions>();
expectTypeOf<Ungiven<BackoffOptions>>().toExtend<BackoffOptions>();
expectTypeOf<Ungiven<Omit<HeartbeatOptions, "message">> & { message: "" }>().toExtend<HeartbeatOptions>();
expectTypeOf<Ungiven<QueueOptions>>().toExtend<QueueOptions>();
expectTypeOf<Ungiven<BackpressureOptions>>().toExtend<BackpressureOptions>();
expectTypeOf<Ungiven<PageHideOptions>>().toExtend<PageHideOptions>();
