import type { SteadySocketEventMap } from "./events.js";

/** As every `EventTarget` has them, whatever a class in between makes of them. */
export const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;

/** Makes an event with fields of its own. */
export function makeEvent(type: keyof SteadySocketEventMap, fields?: object): Event {
  return Object.assign(new Event(type), fields);
}

/** Makes a `close` event. Where there is no `CloseEvent` (Node 20), an `Event` gets its fields. */
export function makeCloseEvent(init: CloseEventInit, fields: object): Event {
  return typeof CloseEvent === "function"
    ? Object.assign(new CloseEvent("close", init), fields)
    : makeEvent("close", { ...init, ...fields });
}
