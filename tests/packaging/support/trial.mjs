import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { visit } from "./visit.mjs";

/** What the users' programs say to the server, and so what comes back. */
const ANSWER = "a text 0,127,255";
const CLOSE_MS = 30_000;
const LOOK_AGAIN_MS = 20;

/** One row's try: its project, and what it may do with it. */
export class Trial {
  #browser;
  #server;
  #client;
  #expected = 0;

  constructor({ project, browser, server, client }) {
    this.project = project;
    this.#browser = browser;
    this.#server = server;
    this.#client = client;
  }

  /** The address of an echo, at which only this trial connects. */
  get echo() {
    return `http://127.0.0.1:${this.#server.port}/echo?client=${this.#client}`;
  }

  /**
   * A page connects, sends and hears, complains of nothing and needs no WebAssembly from the network; `scripts` is how many
   * it loads, if that is known.
   */
  async page(origin, { scripts, path = "/" } = {}) {
    const address = `${origin}${path}?echo=${encodeURIComponent(this.echo)}`;
    const { answer, requests, problems } = await visit(this.#browser, address);
    assert.deepEqual(problems, []);
    this.answered(answer);
    const wasm = requests.filter(({ url }) => url.includes(".wasm"));
    assert.deepEqual(wasm, [], "no WebAssembly is asked for");
    if (scripts === undefined) return;
    const loaded = requests.filter(({ type }) => type === "script");
    assert.equal(loaded.length, scripts, `scripts: ${loaded.map(({ url }) => url)}`);
  }

  /** A program without a page says what it heard; it ends by itself. */
  async program(command) {
    this.answered(await this.project.run(`${command} ${this.echo}`));
  }

  /** A test of its user's passes. It finds the address in its environment. */
  async test(command) {
    const said = await this.project.run(command, { env: { ECHO: this.echo } });
    assert.match(said, /Tests:? +1 passed/);
    this.#expected++;
  }

  /** What came back from the server. */
  answered(text) {
    assert.equal(text.trim(), ANSWER);
    this.#expected++;
  }

  /** The server saw just these sessions, and each closed. */
  async counted() {
    const deadline = Date.now() + CLOSE_MS;
    let closed = 0;
    while (closed < this.#expected && Date.now() < deadline) {
      closed = (await this.#server.logged(this.#client, "close")).length;
      await sleep(LOOK_AGAIN_MS);
    }
    const { length: opened } = await this.#server.logged(this.#client, "open");
    assert.deepEqual({ opened, closed }, { opened: this.#expected, closed: this.#expected });
  }
}
