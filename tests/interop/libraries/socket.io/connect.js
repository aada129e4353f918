import { io, WebSocket as WebSocketTransport } from "socket.io-client";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, WebSocket = Socket, options = {}) {
  class Transport extends WebSocketTransport {
    createSocket(url, protocols) {
      return new WebSocket(url, protocols);
    }
  }
  return io(url, { transports: [Transport], ...options });
}
