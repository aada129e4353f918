import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import http from "selenium-webdriver/http/index.js";
import command from "selenium-webdriver/lib/command.js";
import webdriver from "selenium-webdriver/lib/webdriver.js";
import { startDisplay } from "./display.mjs";

const START_MS = 20_000;
const SCRIPT_MS = 60_000;

/** How each browser is started: its driver, and what the driver is told. `settings` are a test's own wishes. */
const BROWSERS = {
  chromium: ({ args = [] }) => ({
    driver: ["chromedriver"],
    // Automation keeps hidden pages awake and out of the page cache, unless it is told not to.
    capabilities: {
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", ...args],
        excludeSwitches: [
          "disable-background-timer-throttling",
          "disable-backgrounding-occluded-windows",
          "disable-renderer-backgrounding",
          "disable-back-forward-cache",
        ],
      },
    },
  }),
  firefox: ({ prefs = {} }) => ({
    driver: ["geckodriver", "--host=127.0.0.1", "--websocket-port=0"],
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: "/usr/bin/firefox-esr",
        args: ["-headless"],
        prefs,
      },
    },
  }),
  webkit: ({ environment = {} }) => ({
    driver: ["WebKitWebDriver", "--host=127.0.0.1"],
    display: true,
    environment: {
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      LIBGL_ALWAYS_SOFTWARE: "1",
      ...environment,
    },
    capabilities: {
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": {
        binary: "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        args: ["--automation"],
      },
    },
  }),
};

/** A browser driven through WebDriver, which leaves its pages as they are: hidden when they are hidden. */
export class Browser {
  #driver;
  #process;
  #display;
  #hidden;
  #home;
  #stopped = [];

  static #running = new Set();

  static {
    // A test that runs out of time is not asked before its process ends.
    process.once("exit", () => {
      for (const browser of Browser.#running) browser.#kill();
    });
  }

  constructor(name) {
    this.name = name;
    Browser.#running.add(this);
  }

  /** `name` is `chromium`, `firefox` or `webkit`; `settings` has `args` for Chromium, `prefs` for Firefox, `environment` for WebKit. */
  static async start(name, settings = {}) {
    const browser = new Browser(name);
    const { driver, display, environment = {}, capabilities } = BROWSERS[name](settings);
    if (display) browser.#display = await startDisplay();
    try {
      const port = await freePort();
      const [file, ...args] = driver;
      // Downloads and whatever else a browser leaves.
      browser.#home = await mkdtemp(join(tmpdir(), "steadysocket-e2e-"));
      browser.#process = spawn(file, [...args, `--port=${port}`], {
        env: {
          ...env,
          HOME: browser.#home,
          ...environment,
          ...(display && { DISPLAY: browser.#display.name }),
        },
        stdio: "ignore",
      });
      const address = `http://127.0.0.1:${port}`;
      await answering(`${address}/status`, browser.#process);
      const executor = new http.Executor(new http.HttpClient(address));
      executor.defineCommand("devtools", "POST", "/session/:sessionId/goog/cdp/execute");
      browser.#driver = webdriver.WebDriver.createSession(executor, { browserName: name, ...capabilities });
      await browser.#driver.manage().setTimeouts({ script: SCRIPT_MS, pageLoad: SCRIPT_MS });
    } catch (error) {
      await browser.end();
      throw error;
    }
    return browser;
  }

  /** The browser's version. */
  async version() {
    return (await this.#driver.getCapabilities()).get("browserVersion");
  }

  /** Navigates the current tab, and waits until the page is loaded. */
  async open(url) {
    await this.#driver.get(url);
  }

  /** Calls `script` in the page with `args`; resolves to what it returns, or what its promise resolves to. */
  async run(script, ...args) {
    // In the page's own realm: Firefox keeps scripts of its driver in another.
    const answer = await this.#driver.executeAsyncScript(
      `const [source, done] = arguments;
       (window.wrappedJSObject ?? window).eval(source).then(
         (value) => done({ value }),
         (error) => done({ error: String(error) + "\\n" + error?.stack }),
       );`,
      `(async () => JSON.stringify(await (${script})(...${JSON.stringify(args)})))()`,
    );
    if (answer.error) throw new Error(`in the page: ${answer.error}`);
    return answer.value && JSON.parse(answer.value);
  }

  /** Waits for the page whose URL ends with `end`, and there for `script` to return something; resolves to that. */
  async arrive(end, script) {
    for (const deadline = Date.now() + SCRIPT_MS; Date.now() < deadline; ) {
      const expression = `location.href.endsWith("${end}") && document.readyState === "complete" && (${script})()`;
      // While the page changes, there is none to ask.
      const answer = await this.run(`() => ${expression}`).catch(() => null);
      if (answer) return answer;
    }
    throw new Error(`no page ${end}`);
  }

  /** Hides the page: behind another tab; in WebKit, whose driver never brings another tab to the front, by minimising. */
  async hide() {
    if (this.name === "webkit") await this.#driver.manage().window().minimize();
    else {
      this.#hidden = await this.#driver.getWindowHandle();
      await this.#driver.switchTo().newWindow("tab");
    }
  }

  /** Shows the page that `hide` hid. */
  async show() {
    if (this.name === "webkit") return this.#driver.manage().window().maximize();
    await this.#driver.close();
    await this.#driver.switchTo().window(this.#hidden);
  }

  /** Closes the current tab and goes to a new one. */
  async closeTab() {
    const tab = await this.#driver.getWindowHandle();
    await this.#driver.switchTo().newWindow("tab");
    const next = await this.#driver.getWindowHandle();
    await this.#driver.switchTo().window(tab);
    await this.#driver.close();
    await this.#driver.switchTo().window(next);
  }

  async click(selector) {
    await this.#driver.findElement({ css: selector }).click();
  }

  back() {
    return this.#driver.navigate().back();
  }

  reload() {
    return this.#driver.navigate().refresh();
  }

  /** Chromium only. */
  devtools(cmd, params = {}) {
    return this.#driver.execute(
      new command.Command("devtools").setParameter("cmd", cmd).setParameter("params", params),
    );
  }

  /** Stops all of the browser's processes, as a machine does that goes to sleep, or only those of its pages. */
  sleep({ pageOnly = false } = {}) {
    this.#stopped = descendants(this.#process.pid).filter((pid) => !pageOnly || isPage(pid));
    if (this.#stopped.length === 0) throw new Error(`no processes of ${this.name} to stop`);
    for (const pid of this.#stopped) kill(pid, "SIGSTOP");
  }

  wake() {
    for (const pid of this.#stopped) kill(pid, "SIGCONT");
    this.#stopped = [];
  }

  /** Ends the browser as its user does. */
  async quit() {
    await this.#driver.quit();
  }

  /** Ends the browser at once. */
  crash() {
    for (const pid of descendants(this.#process.pid)) kill(pid, "SIGKILL");
  }

  async end() {
    this.wake();
    await this.#driver?.quit().catch(() => {});
    this.#kill();
    await this.#display?.end();
    if (this.#home) await rm(this.#home, { recursive: true, force: true, maxRetries: 10 });
    Browser.#running.delete(this);
  }

  /** The driver, and what is left of its browser. */
  #kill() {
    if (!this.#process?.pid || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    for (const pid of [...descendants(this.#process.pid), this.#process.pid]) kill(pid, "SIGKILL");
  }
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It had ended by itself.
  }
}

function isPage(pid) {
  const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return /--type=renderer|-isForBrowser|WebKitWebProcess/.test(command);
}

/** The process ids below `root`, without itself. */
function descendants(root) {
  const children = new Map();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(entry);
    if (parent) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const below = (pid) => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

function parentOf(pid) {
  try {
    // After the name, which is in brackets and may contain anything: the state and the parent.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
  } catch {
    return undefined;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function answering(url, child) {
  let failure;
  child.once("error", (error) => {
    failure = error;
  });
  for (const deadline = Date.now() + START_MS; ; ) {
    if (failure) throw failure;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer within ${START_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
