// A minimal server of Action Cable's protocol: welcome, subscriptions that are confirmed, pings.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  handleProtocols: (offered) => offered.has("actioncable-v1-json") && "actioncable-v1-json",
});
/** Of each socket, the channels it has subscribed to. */
const subscribed = new Map();

server.on("connection", (socket) => {
  subscribed.set(socket, new Set());
  socket.on("close", () => subscribed.delete(socket));
  socket.on("message", (data) => hear(socket, JSON.parse(data)));
  tell(socket, { type: "welcome" });
});

setInterval(() => {
  for (const socket of subscribed.keys()) tell(socket, { type: "ping", message: Date.now() });
}, 3_000);

function hear(socket, { command, identifier, data }) {
  if (command === "subscribe") {
    subscribed.get(socket).add(identifier);
    tell(socket, { type: "confirm_subscription", identifier });
  } else if (command === "message") {
    for (const [member, channels] of subscribed) {
      if (channels.has(identifier)) tell(member, { identifier, message: JSON.parse(data) });
    }
  }
}

function tell(socket, message) {
  socket.send(JSON.stringify(message));
}
