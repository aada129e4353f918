import { expect } from "@playwright/test";

/** A library in a page, which takes part in what all members of a room hear. */
export class Member {
  /** What it was to say. */
  said = [];
  #page;
  #origin;
  #name;
  #url;

  constructor(page, origin, name, url) {
    this.#page = page;
    this.#origin = origin;
    this.#name = name;
    this.#url = url;
  }

  /** Over the class of that kind, see `page/main.js`; resolves when it is in the room. */
  async begin(kind, { path = "/" } = {}) {
    await this.#page.goto(this.#origin + path);
    await this.#page.waitForFunction(() => globalThis.begin);
    const given = [this.#name, kind, this.#url];
    await this.#page.evaluate(([name, kind, url]) => begin(name, kind, url), given);
    await this.comes(1);
  }

  /** Waits until it came into the room so often. */
  async comes(times) {
    await expect.poll(async () => (await this.told()).ups, "ups").toBeGreaterThanOrEqual(times);
  }

  /** Waits until it noticed so often that it is out of the room. */
  async leaves(times) {
    await expect.poll(async () => (await this.told()).downs, "downs").toBeGreaterThanOrEqual(times);
  }

  /** What it told so far: see `page/main.js`. */
  told() {
    return this.evaluate(() => told);
  }

  /** What it heard of others. */
  async heard() {
    return (await this.told()).heard.filter((text) => !this.said.includes(text));
  }

  /** Says something, and does not wait for what becomes of it. */
  async say(text) {
    await this.#page.evaluate((text) => say(text), text);
    this.said.push(text);
  }

  async hears(text) {
    await expect.poll(() => this.heard()).toContain(text);
  }

  /** Ends it for good. */
  quit() {
    return this.evaluate(() => quit());
  }

  evaluate(run) {
    return this.#page.evaluate(run);
  }
}

/** Each hears what the other says. */
export async function converse(ours, other, when) {
  await ours.say(`${when}, from here`);
  await other.hears(`${when}, from here`);
  await other.say(`${when}, from there`);
  await ours.hears(`${when}, from there`);
}
