import { Aedes } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";

const broker = await Aedes.createBroker();
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  handleProtocols: (offered) => offered.has("mqtt") && "mqtt",
});
server.on("connection", (socket, request) => broker.handle(createWebSocketStream(socket), request));
