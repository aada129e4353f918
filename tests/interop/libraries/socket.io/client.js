import { io } from "socket.io-client";
import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const isGlobal = WebSocket === globalThis.WebSocket;
  const options = { reconnectionDelay: 100 };
  const client = isGlobal
    ? io(url, { transports: ["websocket"], ...options })
    : connect(url, WebSocket, options);
  client.on("connect", () => told.up());
  client.on("disconnect", () => told.down());
  client.on("said", (text) => told.hear(text));
  return {
    say: async (text) => client.emit("say", text),
    close: () => client.close(),
  };
}
