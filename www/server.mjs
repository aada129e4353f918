#!/usr/bin/env node
import { once } from "node:events";
import { parseArgs } from "node:util";
import { createLab } from "./server/lab.mjs";

const USAGE = "usage: node www/server.mjs [--port N] [--host H]";
const DEFAULT_PORT = 8080;
const PORTS_TO_TRY = 20;

try {
  const { host, port } = readOptions();
  const lab = createLab();
  const bound = await listen(lab.server, host, port);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => lab.stop());
  console.log(`steadysocket lab: http://localhost:${bound}/`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** `port` is undefined when nobody asked for a certain one. */
function readOptions() {
  const { values } = parseArgs({ options: { port: { type: "string" }, host: { type: "string" } } });
  const { port = process.env.PORT || undefined, host = "127.0.0.1" } = values;
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65_535)) {
    throw new Error(`port is "${port}"; allowed: 0 (any free one) to 65535. ${USAGE}`);
  }
  return { host, port: port && Number(port) };
}

async function listen(server, host, wanted) {
  const last = wanted ?? DEFAULT_PORT + PORTS_TO_TRY - 1;
  for (let port = wanted ?? DEFAULT_PORT; ; port++) {
    try {
      server.listen(port, host);
      await once(server, "listening");
      return server.address().port;
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
      if (port >= last) throw new Error(busy(port, wanted));
      console.log(`port ${port} is busy, trying ${port + 1}`);
    }
  }
}

function busy(port, wanted) {
  return wanted === undefined
    ? `ports ${DEFAULT_PORT} to ${port} are busy: choose one with --port`
    : `port ${port} is busy: choose another with --port, or leave it out for the next free one`;
}
