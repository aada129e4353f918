import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../../www/server.mjs", import.meta.url));
const ADDRESS = /http:\/\/localhost:(\d+)\//;
const START_MS = 10_000;

/** The demo server as a process of its own, which can be killed and started again on its port. */
export class DemoServer {
  port = 0;
  #process;

  static async start() {
    const server = new DemoServer();
    await server.restart();
    return server;
  }

  /** Without a slash at its end. */
  get origin() {
    return `http://localhost:${this.port}`;
  }

  /** SIGKILL: no close frames, nothing said. */
  async kill() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exited;
  }

  /** On the port it had. */
  async restart() {
    this.#process = spawn(process.execPath, [SCRIPT, "--port", String(this.port)]);
    this.port = await announcedPort(this.#process);
  }

  /** Resolves to the number of open sockets concerned. See www/README.md. */
  async fault(client, fault, parameters = {}) {
    const body = JSON.stringify({ client, fault, ...parameters });
    const response = await fetch(`${this.origin}/faults`, { method: "POST", body });
    const { affected, error } = await response.json();
    if (error) throw new Error(error);
    return affected;
  }

  /** What the server saw of `client`, the oldest first. */
  async log(client) {
    return (await fetch(`${this.origin}/log?client=${encodeURIComponent(client)}`)).json();
  }

  /** Only the entries with this `event`. */
  async logged(client, event) {
    return (await this.log(client)).filter((entry) => entry.event === event);
  }
}

function announcedPort(server) {
  return new Promise((resolve, reject) => {
    let output = "";
    const failed = (what) => reject(new Error(`the demo server ${what}; it said: ${output || "nothing"}`));
    const timer = setTimeout(failed, START_MS, `did not start within ${START_MS} ms`);
    const hear = (chunk) => {
      output += chunk;
      const match = ADDRESS.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(Number(match[1]));
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", (code) => failed(`ended with ${code}`));
  });
}
