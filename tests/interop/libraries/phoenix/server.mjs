// A minimal server of Phoenix channels, with the serializer's version 2: [join_ref, ref, topic, event, payload].
import { WebSocketServer } from "ws";

/** Of each socket, the `join_ref` of its topics. */
const joined = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) });

server.on("connection", (socket) => {
  joined.set(socket, new Map());
  socket.on("close", () => joined.delete(socket));
  socket.on("message", (data) => {
    const [joinRef, ref, topic, event, payload] = JSON.parse(data);
    const topics = joined.get(socket);
    if (event === "phx_join") topics.set(topic, joinRef);
    if (event === "phx_leave") topics.delete(topic);
    if (event === "say" && topics.has(topic)) broadcast(topic, "said", payload);
    reply(socket, [joinRef, ref, topic]);
  });
});

function reply(socket, address) {
  socket.send(JSON.stringify([...address, "phx_reply", { status: "ok", response: {} }]));
}

function broadcast(topic, event, payload) {
  for (const [socket, topics] of joined) {
    if (topics.has(topic)) socket.send(JSON.stringify([null, null, topic, event, payload]));
  }
}
