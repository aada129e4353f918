import { Socket as Phoenix } from "phoenix";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, WebSocket = Socket) {
  const phoenix = new Phoenix(url, { transport: WebSocket });
  phoenix.connect();
  return phoenix;
}
