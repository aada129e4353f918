import { SteadySocket } from "/pkg/dist/index.js";
import { WebSocket as Strict } from "/pkg/dist/websocket.js";

const OURS = { Interface: SteadySocket, members: ["reconnected", "cause", "willReconnect", "error"] };

/**
 * The classes under test by name; the first is what the others are compared with. `Interface` is the class that has the members,
 * if it is another; `members` is what its events have besides.
 */
export const SUBJECTS = {
  native: { WebSocket: globalThis.WebSocket },
  strict: { WebSocket: Strict },
  preset: { WebSocket: preset(), ...OURS },
  default: { WebSocket: byDefault(), ...OURS },
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
