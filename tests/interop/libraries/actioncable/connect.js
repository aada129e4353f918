import { adapters, createConsumer } from "@rails/actioncable";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, WebSocket = Socket) {
  adapters.WebSocket = WebSocket;
  return createConsumer(url);
}
