import { expect } from "@playwright/test";

/** The lab in one tab. */
export class Lab {
  /** What went wrong in the tab, as texts. */
  problems = [];

  constructor(page, server, name) {
    this.page = page;
    this.server = server;
    this.name = name;
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
    page.on("pageerror", (error) => this.problems.push(error.message));
  }

  /** Opens the lab in `page`, as the client and under the name `name`, and waits for its three connections. */
  static async open(page, server, name) {
    const lab = new Lab(page, server, name);
    await page.goto(`${server.origin}/?${new URLSearchParams({ client: name, name })}`);
    await lab.expectConnected();
    return lab;
  }

  part(testId) {
    return this.page.getByTestId(testId);
  }

  async expectConnected() {
    await expect(this.part("state-card")).toHaveAttribute("data-state", "open", { timeout: 20_000 });
    await expect(this.part("ready-state")).toHaveText("OPEN");
    await expect(this.part("chat-state")).toHaveText("open", { timeout: 20_000 });
    await expect(this.part("ticker-state")).toHaveText("open", { timeout: 20_000 });
  }

  /** How many connections each of the sessions has had. */
  connections() {
    return this.page.evaluate(() => Object.values(lab).map((session) => session.stats().opened));
  }

  /** Says something in the chat, as a user does. */
  async say(text) {
    await this.part("chat-input").fill(text);
    await this.part("chat-input").press("Enter");
  }

  /** Says the `texts` in the very moment at which the chat's session next does `type`. */
  async sayWhen(type, texts) {
    await this.page.evaluate(
      ({ type, texts }) => {
        const say = () => {
          for (const text of texts) {
            document.querySelector("[data-testid=chat-input]").value = text;
            document.querySelector("[data-testid=chat-form]").requestSubmit();
          }
        };
        lab.chat.addEventListener(type, say, { once: true });
      },
      { type, texts },
    );
  }

  /** The chat from top to bottom. */
  chat() {
    return this.part("chat-messages")
      .locator("li")
      .evaluateAll((items) =>
        items.map((item) => ({
          id: item.dataset.id,
          pending: item.dataset.pending === "true",
          name: item.querySelector("b").textContent,
          text: item.querySelector("p").textContent,
        })),
      );
  }

  /** Waits until `count` messages are there and none is pending; resolves with `Name: text` lines. */
  async lines(count) {
    await expect
      .poll(async () => (await this.chat()).filter(({ pending }) => !pending).length, { timeout: 20_000 })
      .toBe(count);
    const messages = await this.chat();
    expect(messages.filter(({ pending }) => pending)).toEqual([]);
    expect(new Set(messages.map(({ id }) => id)).size, "no message twice").toBe(count);
    return messages.map(({ name, text }) => `${name}: ${text}`);
  }
}

/** Two tabs of one browser window with a lab each. */
export async function openTwo(context, page, server) {
  const other = await context.newPage();
  return [await Lab.open(page, server, "Ann"), await Lab.open(other, server, "Bob")];
}

/** Checks that both tabs show the same `lines`, those of each speaker in the order said. */
export async function expectSameChat(labs, said) {
  const count = Object.values(said).flat().length;
  const [first, second] = await Promise.all(labs.map((lab) => lab.lines(count)));
  expect(second, "both tabs show the same").toEqual(first);
  for (const [name, texts] of Object.entries(said)) {
    const own = first.filter((line) => line.startsWith(`${name}: `));
    expect(own).toEqual(texts.map((text) => `${name}: ${text}`));
  }
}
