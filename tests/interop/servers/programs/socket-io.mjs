import { createServer } from "node:http";
import { Server } from "socket.io";
import { HOST, PORT } from "./manners.mjs";

const server = createServer();
// Its defaults are 25 and 20 s, and messages of a megabyte, above which it closes with 1009.
const io = new Server(server, { pingInterval: 300, pingTimeout: 2500, maxHttpBufferSize: 2 ** 21 });
io.on("connection", (socket) => {
  socket.on("message", (message) => socket.emit("message", message));
  socket.on("heartbeat", (acknowledge) => acknowledge());
  // A connection has no close codes here: a client is told to leave by a packet, or its connection just ends.
  socket.on("dismiss", () => socket.disconnect(true));
  socket.on("hang up", () => socket.conn.close());
});
server.listen(PORT, HOST);
