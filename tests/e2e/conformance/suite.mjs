import { readdirSync } from "node:fs";
import { Browser } from "../support/webdriver.mjs";
import { compare, judge, unused } from "./compare.mjs";
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
   * Runs a case file in a scope. Resolves to `{ cases, faults }`: for each case `{ where, subjects, differences }`, as compare.mjs has
   * them, and what is wrong, as texts. `wishes`: see scope.js.
   */
  async run(file, scope, wishes = {}) {
    const runs = await this.runs(file, scope, wishes);
    const faults = [];
    const cases = [...new Set(runs.map((run) => run.case))].map((name) => {
      const own = runs.filter((run) => run.case === name);
      const where = { file, name, browser: this.#browser.name, scope };
      const compared = compare(own);
      faults.push(...judge(compared, where, DIFFERENCES).map((fault) => `${file}: ${name}: ${fault}`));
      return { where, subjects: own.map(({ subject }) => subject), differences: compared.differences };
    });
    faults.push(
      ...unused(cases, DIFFERENCES).map((entry) => `${file}: listed, but no difference: ${shown(entry)}`),
    );
    return { cases, faults };
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

function shown({ subjects, case: name, reason }) {
  return `${subjects.join(", ")}, ${name}: ${reason}`;
}
