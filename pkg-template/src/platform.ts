const atImport = globalThis.WebSocket;
let constructing = false;

/**
 * The platform's `WebSocket`: the global one, unless that is ours by now, or made of it. `Ours` and its subclasses share the
 * getter of `url`.
 */
export function platformWebSocket(Ours: { prototype: object }): typeof WebSocket | undefined {
  const present = globalThis.WebSocket;
  const isOurs = constructing || urlGetter(present?.prototype) === urlGetter(Ours.prototype);
  return isOurs ? atImport : present;
}

/** Constructs a socket. If its class makes one of ours, that one is made of the platform's. */
export function construct(WebSocket: NewableFunction, given: ArrayLike<unknown>): WebSocket {
  const outer = constructing;
  constructing = true;
  try {
    return Reflect.construct(WebSocket, given);
  } finally {
    constructing = outer;
  }
}

function urlGetter(prototype: object | null | undefined): unknown {
  if (!prototype) return undefined;
  return (
    Object.getOwnPropertyDescriptor(prototype, "url")?.get ?? urlGetter(Object.getPrototypeOf(prototype))
  );
}
