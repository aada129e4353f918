import mqtt from "mqtt";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, WebSocket = Socket, options = {}) {
  return mqtt.connect(url, {
    createWebsocket: (url, protocols) => new WebSocket(url, protocols),
    keepalive: 20,
    ...options,
  });
}
