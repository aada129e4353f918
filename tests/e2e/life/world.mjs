import { Browser } from "../support/webdriver.mjs";
import { Witness } from "../support/witness.mjs";

export const PING = { message: "ping", reply: "pong" };
/** A browser and the server that its page is connected to. */
export class World {
  constructor(browser, witness) {
    this.browser = browser;
    this.witness = witness;
  }

  /** `settings` are the browser's, `headers` the page's; `through` is the class that drives the browser. */
  static async start(name, { settings, headers, through = Browser } = {}) {
    const witness = await Witness.start(headers);
    const browser = await through.start(name, settings).catch(async (error) => {
      await witness.kill();
      throw error;
    });
    return new World(browser, witness);
  }

  static async with(name, wishes, live) {
    const world = await World.start(name, wishes);
    try {
      return await live(world);
    } finally {
      await world.end();
    }
  }

  async end() {
    await this.browser.end();
    await this.witness.kill();
  }

  /** Opens the page. */
  async open(url = this.witness.page) {
    await this.browser.open(url);
    await this.equipped();
  }

  /** Opens the page, and in it a session for each of `all`, the options. */
  async begin(...all) {
    await this.open();
    await this.browser.run((all) => beginMany(all), all);
  }

  /** Resolves once the page has what diary.js defines. */
  equipped() {
    return this.browser.run(async () => {
      while (!globalThis.scripts?.has("diary.js")) await new Promise((resolve) => setTimeout(resolve, 5));
    });
  }

  /** What the server saw of the ends of connections since `start`, in words. */
  ends(start) {
    const ends = this.witness.of("close").map(({ at, code, reason }) => {
      const said =
        code === 1005 ? "a close frame without a code" : code === 1006 ? "no close frame (1006)" : `${code}`;
      return `${said}${reason ? ` “${reason}”` : ""} after ${at - start} ms`;
    });
    return ends.join(", ") || "nothing";
  }

  /** What the page noted, `{ at, what }`; it must be open. */
  diary() {
    return this.browser.run(() => JSON.parse(localStorage.diary ?? "[]"));
  }

  /** The same when the page is gone, read by another of the same origin. */
  async diaryLeft() {
    await this.browser.open(`${this.witness.page}?reader`);
    return this.diary();
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
