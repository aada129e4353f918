import { expect } from "@playwright/test";
import { watchProblems } from "./problems.mjs";

/** One of the example chats in one tab. */
export class Chat {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.problems = watchProblems(page);
    this.state = page.getByRole("status");
    this.log = page.getByRole("log");
    this.names = page.locator(".names");
  }

  /** Opens the chat of a `kind` and joins. */
  static async join(page, server, kind, name) {
    const chat = new Chat(page, name);
    await page.goto(`${server.origin}/examples/chat/${kind}/`);
    await write(page.getByLabel("Your name"), name);
    await chat.joinAgain();
    return chat;
  }

  async joinAgain() {
    await this.page.getByRole("button", { name: "Join" }).click();
    await this.expectState("open");
  }

  async leave() {
    await this.page.getByRole("button", { name: "Leave" }).click();
    await expect(this.page.getByLabel("Your name")).toBeVisible();
  }

  async expectState(state) {
    await expect(this.state).toHaveAttribute("data-state", state, { timeout: 20_000 });
    await expect(this.state).toHaveText(state);
  }

  async say(text) {
    const input = this.page.getByLabel("Message", { exact: true });
    await write(input, text);
    await input.press("Enter");
    await expect(input).toHaveValue("");
  }

  /** From top to bottom: `Name: text`, and `…` after what is on its way. */
  lines() {
    return this.log.locator("li").evaluateAll((items) =>
      items.map((item) => {
        const [name, text] = ["b", "p"].map((part) => item.querySelector(part).textContent);
        return `${name}: ${text}${item.dataset.pending === "true" ? " …" : ""}`;
      }),
    );
  }

  async expectLines(lines) {
    await expect.poll(() => this.lines(), { timeout: 20_000 }).toEqual(lines);
  }
}

/** In Firefox, driven over WebDriver BiDi, React is not told of what Playwright fills in: there it is typed. */
function write(input, text) {
  const browser = input.page().context().browser().browserType().name();
  return browser === "firefox" ? input.pressSequentially(text) : input.fill(text);
}
