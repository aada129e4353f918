import { fileURLToPath } from "node:url";
import {
  bytes,
  firstSubprotocol,
  hangUp,
  noSubprotocol,
  ownCodes,
  pings,
  scriptEnds,
  textAlone,
} from "./columns.mjs";

const node = (name) => (port) => [process.execPath, at(`programs/${name}`), port];
const websocketd = (port, ...what) => ["websocketd", "--address=127.0.0.1", `--port=${port}`, ...what];
const PYTHON = `PYTHONPATH=${at("../.python")}`;

/**
 * The servers. `command` starts one on a port; `binary` says that it echoes binary messages as such; `abrupt`, that it ends a
 * connection together with its close frame, so that whether the close was clean depends on the browser and the moment. Where a
 * server has no such thing as a column asks for, `instead` has what it does; `only` names the columns that make sense.
 */
export const ROWS = [
  row("ws with express", { short: true, command: node("ws-express.mjs") }),
  row("nodejs-websocket", { short: true, command: node("nodejs-websocket.mjs") }),
  row("Bun (µWebSockets)", {
    short: true,
    abrupt: true,
    command: (port) => [at("../node_modules/.bin/bun"), at("programs/bun.mjs"), port],
  }),
  row("websocketd", {
    path: "/echo.sh",
    binary: false,
    command: (port) => websocketd(port, `--dir=${at("programs")}`),
    instead: {
      "text and binary": textAlone,
      subprotocol: noSubprotocol,
      "closed by the server": scriptEnds,
    },
  }),
  row("websocketd --binary", {
    path: "/",
    command: (port) => websocketd(port, "--binary", "cat"),
    only: ["text and binary"],
    instead: { "text and binary": bytes },
  }),
  row("socket.io", {
    short: true,
    path: "/socket.io/?EIO=4&transport=websocket",
    dialect: "socket.io",
    command: node("socket-io.mjs"),
    instead: { subprotocol: firstSubprotocol, "closed by the server": hangUp, heartbeat: pings },
  }),
  row("sockjs", {
    short: true,
    path: "/echo/websocket",
    binary: false,
    command: node("sockjs.mjs"),
    instead: {
      "text and binary": textAlone,
      subprotocol: noSubprotocol,
      "closed by the server": ownCodes,
    },
  }),
  row("axum", { command: (port) => [at("../rust-server/target/debug/interop-server"), port] }),
  row("websockets (Python)", { command: (port) => ["env", PYTHON, "python3", at("programs/echo.py"), port] }),
];

function row(name, details) {
  return { name, path: "/echo", dialect: "plain", binary: true, instead: {}, ...details };
}

function at(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}
