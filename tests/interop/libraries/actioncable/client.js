import { ConnectionMonitor } from "@rails/actioncable";
import { connect } from "./connect.js";

// It looks every 6 to 12 s whether it is to reconnect; a test has not that long.
ConnectionMonitor.staleThreshold = 0.5;

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket);
  const room = client.subscriptions.create("RoomChannel", {
    connected: () => told.up(),
    disconnected: () => told.down(),
    received: ({ text }) => told.hear(text),
  });
  return {
    async say(text) {
      if (!room.perform("say", { text })) throw new Error("not connected");
    },
    close: () => client.disconnect(),
  };
}
