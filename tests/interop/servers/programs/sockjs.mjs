import { createServer } from "node:http";
import sockjs from "sockjs";
import { answer, HOST, PORT } from "./manners.mjs";

const echo = sockjs.createServer({ log: () => {} });
echo.on("connection", (connection) => {
  connection.on("data", (said) =>
    answer(said, {
      send: (text) => connection.write(text),
      close: (code, reason) => connection.close(code, reason),
    }),
  );
});
const server = createServer();
echo.installHandlers(server, { prefix: "/echo" });
server.listen(PORT, HOST);
