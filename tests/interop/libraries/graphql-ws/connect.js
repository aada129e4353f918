import { createClient } from "graphql-ws";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, {
      retries: 0,
      queue: false,
      connectTimeout: 10_000,
      closeTimeout: 5_000,
      heartbeat: { message: '{"type":"ping"}', reply: '{"type":"pong"}' },
    });
  }
}

export function connect(url, WebSocket = Socket, options = {}) {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    ...options,
  });
}
