import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const client = await connect(url, WebSocket, { reconnectTimeWait: 100 });
  watch(client, told);
  client.subscribe("room", { callback: (_error, message) => told.hear(message.string()) });
  await client.flush();
  told.up();
  return {
    say: async (text) => client.publish("room", text),
    close: () => client.close(),
  };
}

async function watch(client, told) {
  for await (const { type } of client.status()) {
    if (type === "disconnect") told.down();
    // The subscriptions are on their way then; the server answers when it has them.
    if (type === "reconnect") client.flush().then(told.up, () => {});
  }
}
