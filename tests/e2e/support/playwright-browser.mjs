import { chromium, firefox } from "@playwright/test";

const LAUNCH = {
  chromium: () =>
    chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] }),
  firefox: () => firefox.launch({ channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr" }),
};

/**
 * A browser driven by Playwright, for the one thing that WebDriver's drivers do not let one do: answer the question whether
 * to leave the page. Has those members of the `Browser` of webdriver.mjs that this takes.
 */
export class PlaywrightBrowser {
  #browser;
  #page;
  #question;

  constructor(name) {
    this.name = name;
  }

  static async start(name) {
    const browser = new PlaywrightBrowser(name);
    browser.#browser = await LAUNCH[name]();
    browser.#page = await browser.#browser.newPage();
    browser.#question = browser.#page.waitForEvent("dialog", { timeout: 0 });
    return browser;
  }

  async open(url) {
    await this.#page.goto(url);
  }

  run(script, ...args) {
    return this.#page.evaluate(`(${script})(...${JSON.stringify(args)})`);
  }

  async click(selector) {
    await this.#page.click(selector);
  }

  /** Answers the question whether to leave with "stay". */
  async stay() {
    await (await this.#question).dismiss();
  }

  async end() {
    this.#question.catch(() => {});
    await this.#browser.close();
  }
}
