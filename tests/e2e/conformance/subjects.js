import { SteadySocket } from "/pkg/dist/index.js";
import { WebSocket as Strict } from "/pkg/dist/websocket.js";

/** The classes under test by name; the first is what the others are compared with. */
export const SUBJECTS = {
  native: { WebSocket: globalThis.WebSocket },
  strict: { WebSocket: Strict },
  preset: { WebSocket: preset(), members: memberNames() },
  default: { WebSocket: byDefault(), members: memberNames() },
};

/** As strict as the options allow. None given, none passed on. */
function preset() {
  return class extends SteadySocket {
    constructor(...given) {
      if (given.length === 0) super();
      else super(given[0], given[1], { retries: 0, queue: false });
    }
  };
}

function byDefault() {
  return class extends SteadySocket {
    constructor(...given) {
      super(...given.slice(0, 2));
    }
  };
}

/** What an event of a SteadySocket has besides: told by one case, and left out of the others. */
function memberNames() {
  return ["reconnected", "cause", "willReconnect", "error"];
}
