import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { stripVTControlCharacters } from "node:util";

const RUN_MS = 600_000;
const START_MS = 120_000;
const ADDRESS = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/;

/** Tools are to say nothing to anybody. */
const QUIET = {
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  DENO_NO_UPDATE_CHECK: "1",
  NO_UPDATE_NOTIFIER: "1",
};

/** The process groups that are not to outlive this process. */
const running = new Set();
process.once("exit", () => {
  for (const pid of running) process.kill(-pid, "SIGKILL");
});

/** Runs a command, which is split at its spaces, to its end; resolves with all it said and rejects if it failed. */
export async function run(command, { cwd, env }) {
  const child = start(command, cwd, env);
  const timer = setTimeout(() => end(child), RUN_MS);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${command}: ended with ${code ?? "a signal"}\n${child.said}`);
  return child.said;
}

/** Starts a server, which may choose its port or take ours; resolves once it has told its address. */
export async function serve(command, { cwd, env }) {
  const child = start(command, cwd, { HOST: "127.0.0.1", PORT: await freePort(), ...env });
  const port = await new Promise((resolve, reject) => {
    const fail = (what) => reject(new Error(`${command}: ${what}\n${child.said}`));
    const timer = setTimeout(() => fail(`no address within ${START_MS} ms`), START_MS);
    child.once("close", (code) => fail(`ended with ${code}`));
    child.on("said", () => {
      const match = ADDRESS.exec(child.said);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1]);
    });
  }).catch(async (error) => {
    await end(child);
    throw error;
  });
  return { origin: `http://localhost:${port}`, said: () => child.said, stop: () => end(child) };
}

/** In a process group of its own, since tools start others. */
function start(command, cwd, env) {
  const [program, ...args] = command.split(" ");
  const { CI, FORCE_COLOR, NODE_OPTIONS, ...own } = process.env;
  const child = spawn(program, args, {
    cwd,
    env: { ...own, ...QUIET, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (child.pid) {
    running.add(child.pid);
    child.once("close", () => running.delete(child.pid));
  }
  child.said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (data) => {
      child.said += stripVTControlCharacters(data);
      child.emit("said");
    });
  }
  child.on("error", (error) => {
    child.said += error.message;
  });
  return child;
}

async function end(child) {
  if (!running.has(child.pid)) return;
  const closed = once(child, "close");
  process.kill(-child.pid, "SIGKILL");
  await closed;
}

async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return String(port);
}
