import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

describe("command line", () => {
  test("prints its address, serves, and stops on SIGTERM with sockets open", async (t) => {
    const server = run(t, "--port", "0");
    const [, address] = await server.line(/^steadysocket lab: (http:\/\/localhost:\d+\/)$/);
    assert.equal((await fetch(`${address}healthz`)).status, 200);
    const ws = new WebSocket(`${address.replace("http", "ws")}echo`);
    await once(ws, "open");
    const closed = once(ws, "close");
    server.process.kill("SIGTERM");
    assert.equal((await closed)[0], 1001);
    assert.deepEqual(await server.exit, { code: 0, signal: null });
  });

  test("an explicit port that is busy ends in one line", async (t) => {
    const port = await occupy(t, 0);
    const server = run(t, "--port", String(port));
    assert.equal((await server.exit).code, 1);
    assert.match(server.errors(), new RegExp(`^port ${port} is busy: .*\n$`));
  });

  test("a busy default port gives way to the next", async (t) => {
    await occupy(t, 8080);
    const server = run(t);
    await server.line(/^port 8080 is busy, trying 8081$/);
    const [, chosen] = await server.line(/^steadysocket lab: http:\/\/localhost:(\d+)\/$/);
    assert.ok(Number(chosen) > 8080);
    server.process.kill("SIGINT");
    assert.equal((await server.exit).code, 0);
  });

  test("a senseless port is named", async (t) => {
    const server = run(t, "--port", "many");
    assert.equal((await server.exit).code, 1);
    assert.match(server.errors(), /^port is "many"; allowed: 0 \(any free one\) to 65535/);
  });
});

/** Makes `port` (0: any) busy; when another program has it already, it is busy as well. */
async function occupy(t, port) {
  const squatter = createServer();
  t.after(() => squatter.close());
  await new Promise((resolve) => squatter.on("error", resolve).listen(port, "127.0.0.1", resolve));
  return squatter.address()?.port;
}

/** The server as its user starts it. */
function run(t, ...args) {
  const script = fileURLToPath(new URL("server.mjs", import.meta.url));
  const { PORT: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  const wake = new Set();
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
    for (const check of wake) check();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    errors += chunk;
  });
  return {
    process: child,
    errors: () => errors,
    exit: once(child, "close").then(([code, signal]) => ({ code, signal })),
    line: (pattern) =>
      new Promise((resolve) => {
        const check = () => {
          const match = output
            .split("\n")
            .map((line) => pattern.exec(line))
            .find(Boolean);
          if (match) resolve(match);
        };
        wake.add(check);
        check();
      }),
  };
}
