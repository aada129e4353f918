import { readdirSync } from "node:fs";
import { Browser } from "../support/webdriver.mjs";
import { compare, judge } from "./compare.mjs";
import { DIFFERENCES } from "./differences.mjs";
import { SuiteServer } from "./server.mjs";

const CASES = new URL("./cases/", import.meta.url);
/** Firefox makes a handshake wait that follows a failed one to the same port, up to a minute: here failing is what is looked at. */
const SETTINGS = { prefs: { "network.websocket.delay-failed-reconnects": false } };

export const SCOPES = ["window", "dedicated", "shared"];
/** The case files' names. */
export const FILES = readdirSync(CASES)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -3))
  .sort();

/** What a case file says of itself: `section`, and perhaps the `policy` of its page. */
export async function describe(file) {
  const { default: suite } = await import(new URL(`${file}.js`, CASES));
  return suite;
}

/** A browser with the suite's server. */
export class Suite {
  #browser;
  #server;
  #runs = 0;

  static async start(name) {
    const suite = new Suite();
    suite.#server = await SuiteServer.start();
    suite.#browser = await Browser.start(name, SETTINGS).catch(async (error) => {
      await suite.#server.stop();
      throw error;
    });
    return suite;
  }

  get browser() {
    return this.#browser;
  }

  async end() {
    await this.#browser.end();
    await this.#server.stop();
  }

  /**
   * Runs a case file in a scope. Resolves to `{ name, subjects, lines, faults, differences }` for each case: `lines` are how many were
   * noted of native, `faults` as `judge` has them, `differences` as `compare` has them. `wishes`: see scope.js.
   */
  async run(file, scope, wishes = {}) {
    const runs = await this.runs(file, scope, wishes);
    return [...new Set(runs.map((run) => run.case))].map((name) => {
      const own = runs.filter((run) => run.case === name);
      const compared = compare(own);
      const subjects = own.map(({ subject }) => subject);
      const where = { file, name, browser: this.#browser.name, scope, subjects };
      const lines = own.find(({ subject }) => subject === "native")?.lines?.length ?? 0;
      const faults = judge(compared, where, DIFFERENCES);
      return { name, subjects, lines, faults, differences: compared.differences };
    });
  }

  /** What was noted: see `runFile` in scope.js. */
  async runs(file, scope, wishes = {}) {
    const { policy } = await describe(file);
    await this.#browser.open(
      `${this.#server.origin}/page${policy ? `?${new URLSearchParams({ policy })}` : ""}`,
    );
    await this.#browser.run(async () => {
      while (!globalThis.conformance) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    const token = `${++this.#runs}x${Date.now().toString(36)}`;
    const browser = this.#browser.name;
    const wanted = { file, browser, scope, ports: this.#server.ports, token, ...wishes };
    await this.#browser.run((wanted) => conformance.start(wanted), wanted);
    let answer = null;
    while (!answer) answer = await this.#browser.run(() => conformance.answer());
    if (answer.error) throw new Error(`${file} in ${scope}: ${answer.error}`);
    return answer.runs;
  }
}
