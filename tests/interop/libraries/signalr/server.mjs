// A minimal server of SignalR's hub protocol in JSON: a handshake, then invocations (type 1) and pings (type 6), each
// message ending with U+001E.
import { WebSocketServer } from "ws";

const END = "\u001e";
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) });
const members = new Set();

server.on("connection", (socket) => {
  socket.on("close", () => members.delete(socket));
  socket.on("message", (data) => {
    for (const part of String(data).split(END).filter(Boolean)) hear(socket, JSON.parse(part));
  });
});

setInterval(() => tellAll({ type: 6 }), 5_000);

function hear(socket, { protocol, type, target, arguments: values }) {
  if (protocol) {
    members.add(socket);
    tell(socket, {});
  } else if (type === 1 && target === "say") {
    tellAll({ type: 1, target: "said", arguments: values });
  }
}

function tellAll(message) {
  for (const member of members) tell(member, message);
}

function tell(socket, message) {
  socket.send(JSON.stringify(message) + END);
}
