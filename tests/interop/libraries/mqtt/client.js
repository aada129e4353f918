import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket, { reconnectPeriod: 100 });
  // It subscribes again at each "connect", and is in the room once that is answered.
  client.on("packetreceive", ({ cmd }) => {
    if (cmd === "suback") told.up();
  });
  client.on("close", () => told.down());
  client.on("message", (_topic, payload) => told.hear(new TextDecoder().decode(payload)));
  await client.subscribeAsync("room", { qos: 1 });
  return {
    say: (text) => client.publishAsync("room", text, { qos: 1 }),
    close: () => client.endAsync(),
  };
}
