import { firefox } from "@playwright/test";
import { Lab } from "../support/lab.mjs";
import { readLook } from "../support/look.mjs";
import { expect, test } from "../support/test.mjs";

const BUTTONS = [
  "close",
  "reopen",
  "fault-drop",
  "fault-silent",
  "fault-stall",
  "fault-delay",
  "fault-refuse",
  "fault-hang",
  "fault-restart",
  "fault-clear",
  "fault-close",
  "fault-close-code",
  "offline",
  "message-input",
  "message-send",
  "file-input",
  "file-send",
  "binary-type",
  "chat-input",
  "chat-send",
  "flood",
];

test("every control is reached by Tab, in the page's order, and shows that it has the focus", async ({
  page,
  server,
}) => {
  const lab = await Lab.open(page, server, "Ann");
  const reached = [];
  for (let step = 0; step < 60 && !reached.some(({ id }) => id === "log"); step++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
        const { width, height } = document.activeElement.getBoundingClientRect();
        return {
          id: document.activeElement.dataset.testid ?? document.activeElement.tagName,
          visible: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && width > 0 && height > 0,
          outlineColor,
        };
      }),
    );
  }
  const ids = reached.map(({ id }) => id);
  for (const button of BUTTONS) expect(ids, "reached by Tab").toContain(button);
  expect(reached.filter(({ visible }) => !visible).map(({ id }) => id)).toEqual([]);
  const order = ["close", "fault-drop", "message-input", "chat-input", "flood"].map((id) => ids.indexOf(id));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(lab.problems).toEqual([]);
});

test("by keyboard alone: send with Enter, break with Space, switch, choose", async ({ page, server }) => {
  const lab = await Lab.open(page, server, "Ann");
  await lab.part("message-input").focus();
  await page.keyboard.type("typed");
  await page.keyboard.press("Enter");
  const received = lab.part("echo-output").locator("li[data-direction=received]");
  await expect(received.first()).toContainText("typed");
  await expect(lab.part("message-input")).toHaveValue("");
  await expect(lab.part("message-input")).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(received, "an empty message is not sent").toHaveCount(1);

  await lab.part("chat-input").focus();
  await page.keyboard.type("said");
  await page.keyboard.press("Enter");
  expect(await lab.lines(1)).toEqual(["Ann: said"]);

  await lab.part("fault-drop").focus();
  await page.keyboard.press("Space");
  await expect(lab.part("cause")).toHaveText(/^connection-lost/);
  await lab.expectConnected();

  await lab.part("offline").focus();
  await page.keyboard.press("Space");
  await expect(lab.part("offline")).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("Enter");
  await expect(lab.part("offline")).toHaveAttribute("aria-checked", "false");
  await lab.expectConnected();

  await lab.part("close").focus();
  await page.keyboard.press("Enter");
  await expect(lab.part("state")).toHaveText("closed");
  await page.keyboard.press("Tab");
  await expect(lab.part("reopen")).toBeFocused();
  await page.keyboard.press("Enter");
  await lab.expectConnected();
});

test("nothing sticks out at 360 px, nor at 768 and 1440, neither at rest nor in trouble", async ({
  page,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const lab = await Lab.open(page, server, "A rather long name of 32 letters");
  const expectFits = async () => {
    for (const width of [768, 1440, 360]) {
      await page.setViewportSize({ width, height: 740 });
      const seen = await page.evaluate(() => ({
        width: innerWidth,
        scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        out: [...document.querySelectorAll("[data-testid]")]
          .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((part) => part.dataset.testid),
      }));
      expect(seen).toEqual({ width, scroll: 0, out: [] });
    }
  };
  await expectFits();
  await lab.say("x".repeat(300));
  await lab.part("message-input").fill("y".repeat(300));
  await lab.part("message-send").click();
  await expect(lab.part("echo-output").locator("li[data-direction=received]")).toHaveCount(1);
  await lab.part("fault-refuse").click();
  await expect(lab.part("cause")).toHaveText(/^never-opened/);
  await expectFits();
});

test("the light colour scheme", async ({ page, server }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await Lab.open(page, server, "Ann");
  const look = await readLook(page);
  expect(look.dark).toBe(false);
  expect(look.ground).toBeGreaterThan(0.8);
  expect(look.checked).toBeGreaterThan(50);
  expect(look.pale, "texts with a contrast under 4.5").toEqual([]);
});

test("the dark colour scheme", async ({ browserName, launchOptions, page, server }) => {
  let tab = page;
  let own;
  // Over WebDriver BiDi Playwright does not tell Firefox a scheme: it takes the system's, as a preference has it.
  if (browserName === "firefox") {
    const firefoxUserPrefs = { "ui.systemUsesDarkTheme": 1 };
    own = await firefox.launch({ ...launchOptions, channel: "moz-firefox", firefoxUserPrefs });
    tab = await own.newPage();
  }
  try {
    await tab.emulateMedia({ colorScheme: "dark" });
    await Lab.open(tab, server, "Ann");
    const look = await readLook(tab);
    expect(look.dark).toBe(true);
    expect(look.ground).toBeLessThan(0.05);
    expect(look.checked).toBeGreaterThan(50);
    expect(look.pale, "texts with a contrast under 4.5").toEqual([]);
  } finally {
    await own?.close();
  }
});
