// Run by Bun, whose server is µWebSockets.
import { answer, HOST, PORT } from "./manners.mjs";

globalThis.Bun.serve({
  hostname: HOST,
  port: PORT,
  fetch(request, server) {
    const offered = request.headers.get("Sec-WebSocket-Protocol")?.split(/, */) ?? [];
    const headers = offered.includes("echo") ? { "Sec-WebSocket-Protocol": "echo" } : {};
    return server.upgrade(request, { headers }) ? undefined : new Response("hello");
  },
  websocket: {
    message(socket, said) {
      if (typeof said !== "string") socket.sendBinary(said);
      else
        answer(said, {
          send: (text) => socket.sendText(text),
          close: (code, reason) => socket.close(code, reason),
        });
    },
  },
});
