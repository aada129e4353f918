const CONSTANTS = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** Gives a class the shape that Web IDL gives an interface (§3.7), and the constants of `WebSocket`. */
export function expose(Class: { prototype: object }, name: string): void {
  const { prototype } = Class;
  Object.defineProperty(Class, "name", { value: name, configurable: true });
  for (const key of Object.getOwnPropertyNames(prototype)) {
    if (key !== "constructor") Object.defineProperty(prototype, key, { enumerable: true });
  }
  for (const [key, value] of Object.entries(CONSTANTS)) {
    for (const holder of [Class, prototype]) Object.defineProperty(holder, key, { value, enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
}
