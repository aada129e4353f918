import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket);
  const channel = client.channel("room");
  channel.on("said", ({ text }) => told.hear(text));
  channel.onError(() => told.down());
  // Called again each time it has joined anew.
  channel.join().receive("ok", () => told.up());
  return {
    say: async (text) => void channel.push("say", { text }),
    close: () => client.disconnect(),
  };
}
