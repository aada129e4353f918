import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/**
 * The libraries. Each has a folder with `connect.js`, the code that docs/libraries.md shows; `client.js`, which does with it
 * what the tests want; and, unless `server` names another, `server.mjs`.
 *
 * - `packages`: the client's and, unless the protocol's server is a minimal one of ours, the server's.
 * - `meanwhile`: what becomes of what is said while there is no connection: it "arrives" later, "may arrive", or is "refused".
 * - `under`: what becomes of a SteadySocket that reconnects by itself below the library: the library "closes" it, or
 *   "leaves" it, and then there are two connections.
 * - `asks`: its options have a heartbeat; the others ask by themselves.
 * - `isShort`: it needs npm alone and little time.
 */
export const rows = [
  {
    name: "graphql-ws",
    packages: ["graphql-ws"],
    meanwhile: "arrives",
    under: "leaves",
    asks: true,
  },
  { name: "mqtt", packages: ["mqtt", "aedes"], meanwhile: "arrives", under: "closes", isShort: true },
  {
    name: "nats",
    packages: ["@nats-io/nats-core"],
    server: natsServer,
    meanwhile: "may arrive",
    under: "closes",
  },
  {
    name: "y-websocket",
    packages: ["y-websocket"],
    server: yServer,
    meanwhile: "arrives",
    under: "closes",
    isShort: true,
  },
  {
    name: "socket.io",
    packages: ["socket.io-client", "socket.io"],
    meanwhile: "arrives",
    under: "leaves",
    isShort: true,
  },
  { name: "phoenix", packages: ["phoenix"], isMinimal: true, meanwhile: "arrives", under: "closes" },
  {
    name: "signalr",
    packages: ["@microsoft/signalr"],
    isMinimal: true,
    meanwhile: "refused",
    under: "closes",
  },
  {
    name: "actioncable",
    packages: ["@rails/actioncable"],
    isMinimal: true,
    meanwhile: "refused",
    under: "leaves",
  },
];

/** The program and its arguments that start the row's server on this port. */
export function commandOf({ name, server = nodeServer }, port) {
  return server(port, name);
}

function nodeServer(port, name) {
  return [process.execPath, fileURLToPath(new URL(`${name}/server.mjs`, import.meta.url)), port];
}

/** The one that the package brings along. */
function yServer(port) {
  const script = join(require.resolve("y-websocket/package.json"), "../bin/server.cjs");
  return ["env", "HOST=127.0.0.1", `PORT=${port}`, process.execPath, script];
}

/** Debian's nats-server. */
function natsServer(port) {
  const settings = fileURLToPath(new URL("nats/server.conf", import.meta.url));
  return ["env", `WEBSOCKET_PORT=${port}`, "nats-server", "--config", settings];
}
