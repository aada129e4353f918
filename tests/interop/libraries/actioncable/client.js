import { Connection, ConnectionMonitor } from "@rails/actioncable";
import { connect } from "./connect.js";

// By itself it looks every 6 to 12 s whether to reconnect, for which a test has no time. But a server on a busy machine is not
// to be taken for a silent one.
const PATIENT_S = 60;
const IMPATIENT_S = 0.2;
ConnectionMonitor.prototype.getPollInterval = () => 200;
ConnectionMonitor.staleThreshold = PATIENT_S;
// What it puts off it does even after its end.
Connection.reopenDelay = 0;

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket);
  const room = client.subscriptions.create("RoomChannel", {
    connected() {
      ConnectionMonitor.staleThreshold = PATIENT_S;
      told.up();
    },
    disconnected() {
      ConnectionMonitor.staleThreshold = IMPATIENT_S;
      told.down();
    },
    received: ({ text }) => told.hear(text),
  });
  return {
    async say(text) {
      if (!room.perform("say", { text })) throw new Error("not connected");
    },
    close: () => client.disconnect(),
  };
}
