import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const START_MS = 15_000;

/**
 * A Chromium that Playwright did not start and whose pages it leaves as they are: it keeps a page of its own focused, and
 * such a page is never hidden or frozen. Resolves to the browser and a function that ends it.
 */
export async function untouchedChromium({ executablePath, args }) {
  const profile = await mkdtemp(join(tmpdir(), "steadysocket-e2e-"));
  const chosen = [
    "--headless",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    "--no-first-run",
    ...args,
  ];
  const child = spawn(executablePath, [...chosen, "about:blank"]);
  const browser = await chromium.connectOverCDP(await endpoint(child), { noDefaults: true });
  return { browser, end };

  async function end() {
    await browser.close();
    const exited = child.exitCode ?? once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

function endpoint(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`Chromium did not start; it said: ${output}`)), START_MS);
    child.stderr.on("data", (chunk) => {
      output += chunk;
      const match = /ws:\/\/\S+/.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[0]);
    });
  });
}
