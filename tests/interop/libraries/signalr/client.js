import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket, () => 100);
  client.on("said", (text) => told.hear(text));
  client.onreconnecting(() => told.down());
  client.onreconnected(() => told.up());
  await client.start();
  told.up();
  return {
    say: (text) => client.send("say", text),
    close: () => client.stop(),
  };
}
