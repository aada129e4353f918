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
 * - `under`: what becomes of a SteadySocket that reconnects by itself below the library, see `outcomes.mjs`.
 * - `takesGlobal`: the library takes no class, but the global one.
 * - `asks`: its options have a heartbeat; the others ask by themselves.
 * - `isShort`: it needs npm alone and little time.
 */
export const rows = [
  {
    name: "graphql-ws",
    packages: ["graphql-ws"],
    meanwhile: "arrives",
    under: "doubled",
    asks: true,
  },
  { name: "mqtt", packages: ["mqtt", "aedes"], meanwhile: "arrives", under: "closed", isShort: true },
  {
    name: "nats",
    packages: ["@nats-io/nats-core"],
    server: natsServer,
    meanwhile: "may arrive",
    under: "closed",
  },
  {
    name: "y-websocket",
    packages: ["y-websocket"],
    server: yServer,
    meanwhile: "arrives",
    under: "closed",
    isShort: true,
  },
  {
    name: "socket.io",
    packages: ["socket.io-client", "socket.io"],
    takesGlobal: true,
    meanwhile: "arrives",
    under: "doubled",
    isShort: true,
  },
  { name: "phoenix", packages: ["phoenix"], isMinimal: true, meanwhile: "arrives", under: "closed" },
  {
    name: "signalr",
    packages: ["@microsoft/signalr"],
    isMinimal: true,
    meanwhile: "refused",
    under: "closed",
  },
  {
    name: "actioncable",
    packages: ["@rails/actioncable"],
    isMinimal: true,
    meanwhile: "refused",
    under: "taken",
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

/** Debian's nats-server, which is where only root looks. */
function natsServer(port) {
  const settings = fileURLToPath(new URL("nats/server.conf", import.meta.url));
  const environment = [`PATH=${process.env.PATH}:/usr/sbin`, `WEBSOCKET_PORT=${port}`];
  return ["env", ...environment, "nats-server", "--config", settings];
}
