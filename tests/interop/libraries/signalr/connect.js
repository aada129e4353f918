import { HttpTransportType, HubConnectionBuilder } from "@microsoft/signalr";
import { SteadySocket } from "steadysocket";

export class Socket extends SteadySocket {
  constructor(url, protocols) {
    super(url, protocols, { retries: 0, queue: false, connectTimeout: 10_000, closeTimeout: 5_000 });
  }
}

export function connect(url, WebSocket = Socket, delay = () => Math.random() * 5_000) {
  const options = { transport: HttpTransportType.WebSockets, skipNegotiation: true, WebSocket };
  return new HubConnectionBuilder()
    .withUrl(url, options)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: delay })
    .build();
}
