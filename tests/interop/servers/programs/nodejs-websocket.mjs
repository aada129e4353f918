import ws from "nodejs-websocket";
import { answer, HOST, PORT } from "./manners.mjs";

const options = {
  selectProtocol: (_, offered) => (offered.includes("echo") ? "echo" : undefined),
};
const server = ws.createServer(options, (connection) => {
  // Without it the server ends with the first connection that breaks.
  connection.on("error", () => {});
  connection.on("text", (said) =>
    answer(said, {
      send: (text) => connection.sendText(text),
      close: (code, reason) => connection.close(code, reason),
    }),
  );
  connection.on("binary", (stream) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => connection.sendBinary(Buffer.concat(chunks)));
  });
});
server.listen(PORT, HOST);
