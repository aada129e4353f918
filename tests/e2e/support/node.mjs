import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const run = promisify(execFile);
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs a module's text under Node, in the repository's root; an error of it rejects. */
export async function node(source, { flags = [] } = {}) {
  const { stdout, stderr } = await run(
    process.execPath,
    [...flags, "--input-type=module", "--eval", source],
    {
      cwd: ROOT,
      timeout: 15_000,
    },
  );
  return { stdout: stdout.trim(), stderr: stderr.trim() };
}
