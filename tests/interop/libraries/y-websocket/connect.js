import { SteadySocket } from "steadysocket";
import { WebsocketProvider } from "y-websocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, room, doc, WebSocket = Socket) {
  return new WebsocketProvider(url, room, doc, { WebSocketPolyfill: WebSocket });
}
