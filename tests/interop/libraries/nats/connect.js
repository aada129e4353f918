import { wsconnect } from "@nats-io/nats-core";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(servers, WebSocket = Socket, options = {}) {
  return wsconnect({
    servers,
    wsFactory: async (url) => ({ socket: new WebSocket(url), encrypted: url.startsWith("wss:") }),
    maxReconnectAttempts: -1,
    pingInterval: 20_000,
    ...options,
  });
}
