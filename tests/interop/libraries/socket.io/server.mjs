import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const server = new Server(http);
server.on("connection", (socket) => socket.on("say", (text) => server.emit("said", text)));
http.listen(Number(process.argv[2]), "127.0.0.1");
