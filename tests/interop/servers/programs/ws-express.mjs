import { createServer } from "node:http";
import express from "express";
import { WebSocketServer } from "ws";
import { answer, HOST, PORT } from "./manners.mjs";

const app = express();
app.get("/", (_, response) => response.send("hello"));
const server = createServer(app);
const sockets = new WebSocketServer({
  server,
  path: "/echo",
  handleProtocols: (offered) => (offered.has("echo") ? "echo" : false),
});
sockets.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => {
    if (isBinary) socket.send(data);
    else
      answer(String(data), {
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
      });
  });
});
server.listen(PORT, HOST);
