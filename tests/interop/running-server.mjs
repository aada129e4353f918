import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HOST = "127.0.0.1";
const START_MS = 30_000;
const LOOK_AGAIN_MS = 20;

/**
 * Below those that the system gives to outgoing connections, or a session that tries again while its server is down could
 * be given the server's own port and meet itself.
 */
const FIRST_PORT = 12_000;
const PORTS = 20_000;

/** Someone else's server as a process of its own, which can be killed and started again on its port. */
export class RunningServer {
  port = 0;
  #command;
  #process;
  #said = "";

  /** @param command gives the program and its arguments for a port. */
  static async start(command) {
    const server = new RunningServer(command);
    server.port = await freePort();
    await server.restart();
    return server;
  }

  constructor(command) {
    this.#command = command;
  }

  /** Without a slash at its end. */
  get origin() {
    return `ws://${HOST}:${this.port}`;
  }

  /** On the port it had; resolves once it accepts connections. */
  async restart() {
    const [program, ...args] = this.#command(String(this.port));
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let problem;
    child.on("error", (error) => {
      problem = error.message;
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => this.#hear(data));
    this.#process = child;
    const deadline = Date.now() + START_MS;
    while (!(await accepts(this.port))) {
      if (!this.#runs()) problem ??= "ended";
      if (Date.now() > deadline) problem ??= `accepts nothing after ${START_MS} ms`;
      if (problem) throw new Error(`${program} ${args.join(" ")}: ${problem}; it said: ${this.#said}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** SIGKILL: no close frames, nothing said. */
  async kill() {
    if (!this.#runs()) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exited;
  }

  /** Stops it in its tracks until `thaw()`: its connections stay, and nothing is answered. */
  freeze() {
    this.#process.kill("SIGSTOP");
  }

  thaw() {
    this.#process.kill("SIGCONT");
  }

  #runs() {
    const { pid, exitCode, signalCode } = this.#process;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  #hear(data) {
    this.#said = `${this.#said}${data}`.slice(-2000);
  }
}

async function freePort() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const listener = createServer().listen(port, HOST);
    try {
      await once(listener, "listening");
    } catch {
      continue;
    }
    await new Promise((resolve) => listener.close(resolve));
    return port;
  }
}

async function accepts(port) {
  const socket = connect(port, HOST);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
