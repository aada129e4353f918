const atImport = globalThis.WebSocket;

/**
 * The platform's `WebSocket`: the global one, unless that is ours by now. `Ours` and all that is made of it share the getter
 * of `url`.
 */
export function platformWebSocket(Ours: { prototype: object }): typeof WebSocket | undefined {
  const present = globalThis.WebSocket;
  return urlGetter(present?.prototype) === urlGetter(Ours.prototype) ? atImport : present;
}

function urlGetter(prototype: object | null | undefined): unknown {
  if (!prototype) return undefined;
  return (
    Object.getOwnPropertyDescriptor(prototype, "url")?.get ?? urlGetter(Object.getPrototypeOf(prototype))
  );
}
