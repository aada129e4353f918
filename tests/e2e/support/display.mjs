import { spawn } from "node:child_process";
import { once } from "node:events";

/** A display without a screen: `{ name, end }`. It chooses a free number by itself. */
export async function startDisplay() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const kill = () => server.kill();
  process.once("exit", kill);
  let said = "";
  server.stderr.on("data", (chunk) => (said += chunk));
  const number = await Promise.race([
    once(server.stdio[3], "data"),
    once(server, "exit").then(() => Promise.reject(new Error(`Xvfb did not start; it said: ${said}`))),
  ]);
  return { name: `:${String(number).trim()}`, end };

  async function end() {
    process.off("exit", kill);
    const exited = once(server, "exit");
    server.kill();
    await exited;
  }
}
