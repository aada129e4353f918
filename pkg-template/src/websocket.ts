import { toProtocols } from "./address.js";
import type { HostOptions } from "./host.js";
import { SteadySocket } from "./index.js";
import { expose } from "./interface.js";

const OPTIONS: HostOptions = { retries: 0, queue: false, plain: true };
const TAKEN_OVER = [
  "url",
  "readyState",
  "bufferedAmount",
  "extensions",
  "protocol",
  "binaryType",
  "onopen",
  "onmessage",
  "onerror",
  "onclose",
  "close",
];

/** One connection: a `SteadySocket` that has the members of `WebSocket` and no others. */
class Standard {
  constructor(url: unknown, protocols: unknown = []) {
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    if (!arguments.length) throw new TypeError("WebSocket needs a URL.");
    // biome-ignore lint/correctness/noConstructorReturn: an instance of this class that has the other's private fields
    return Reflect.construct(SteadySocket, [`${url}`, toProtocols(protocols), OPTIONS], new.target);
  }

  send(data: unknown): void {
    // biome-ignore lint/complexity/noArguments: an undefined one is one too
    SteadySocket.prototype.send.apply(this as never, (arguments.length ? [data] : []) as never);
  }

  static {
    for (const name of TAKEN_OVER) {
      const member = Object.getOwnPropertyDescriptor(SteadySocket.prototype, name) as PropertyDescriptor;
      Object.defineProperty(Standard.prototype, name, member);
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
