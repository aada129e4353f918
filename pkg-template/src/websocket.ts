import type { HostOptions } from "./host.js";
import { SteadySocket } from "./index.js";
import { expose } from "./interface.js";
import { platformWebSocket } from "./platform.js";

const OPTIONS: HostOptions = { retries: 0, queue: false, plain: true };
const MEMBERS: PropertyKey[] = [
  "constructor",
  "url",
  "readyState",
  "bufferedAmount",
  "onopen",
  "onerror",
  "onclose",
  "extensions",
  "protocol",
  "onmessage",
  "binaryType",
  "CONNECTING",
  "OPEN",
  "CLOSING",
  "CLOSED",
  "close",
  "send",
];

/** One connection: a `SteadySocket` that has the members of `WebSocket` and no others. */
class Standard {
  constructor(_url: unknown, _protocols: unknown = []) {
    const Native = platformWebSocket(SteadySocket);
    if (!Native) throw new Error("No WebSocket here.");
    // The browser's own constructor checks the arguments.
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    const socket: WebSocket = Reflect.construct(Native, arguments);
    class Given {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: it is there already
        return socket;
      }
    }
    const { prototype } = new.target;
    const target = prototype === Object(prototype) ? new.target : Standard;
    try {
      // biome-ignore lint/correctness/noConstructorReturn: an instance of this class, with what makes it a session
      return Reflect.construct(SteadySocket, [socket.url, [], { ...OPTIONS, WebSocket: Given }], target);
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  send(data: unknown): void {
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    SteadySocket.prototype.send.apply(this as never, (arguments.length ? [data] : []) as never);
  }

  static {
    const own = Object.getOwnPropertyDescriptors(Standard.prototype);
    const members = { ...Object.getOwnPropertyDescriptors(SteadySocket.prototype), ...own };
    for (const name of Object.keys(own)) Reflect.deleteProperty(Standard.prototype, name);
    // Each browser has an order of its own.
    const order = Reflect.ownKeys(globalThis.WebSocket?.prototype ?? {}).filter((name) =>
      MEMBERS.includes(name),
    );
    for (const name of new Set([...order, ...MEMBERS])) {
      Object.defineProperty(Standard.prototype, name, Reflect.get(members, name) as PropertyDescriptor);
    }
    Object.setPrototypeOf(Standard, EventTarget);
    Object.setPrototypeOf(Standard.prototype, EventTarget.prototype);
    expose(Standard, "WebSocket");
  }
}

/**
 * The browser's `WebSocket`, made of a `SteadySocket` with `retries: 0` and `queue: false`: for what takes such a class, and
 * for the global one's place.
 */
export const WebSocket = Standard as unknown as typeof globalThis.WebSocket;
