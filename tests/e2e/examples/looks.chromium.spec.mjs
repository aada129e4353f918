import { Chat } from "../support/chat.mjs";
import { readLook } from "../support/look.mjs";
import { watchProblems } from "../support/problems.mjs";
import { expect, test } from "../support/test.mjs";

const CHATS = ["plain", "react", "vue", "svelte"];
const PAGES = [...CHATS.map((kind) => `chat/${kind}`), "prices", "comments"];
const WIDTHS = [360, 1280];

for (const path of PAGES) {
  test(`${path}: light and dark, narrow and wide, by keyboard and by ear`, async ({ page, server }) => {
    const problems = watchProblems(page);
    await open(page, server, path);
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      await expectLegible(page, scheme);
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 740 });
      expect(await sticksOut(page)).toEqual({ width, scroll: 0, out: [] });
    }
    await expectReachable(page);
    expect(await nameless(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(page.getByRole("main")).toHaveCount(1);
    expect(problems).toEqual([]);
  });
}

// Over WebDriver BiDi Playwright does not tell Firefox of it.
test("prices do not flash for whom reduced motion is preferred", async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${server.origin}/examples/prices/`);
  await expect(page.locator("[data-move=up]").first()).toBeVisible();
  await expect(page.locator("[data-move=down]").first()).toBeVisible();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test("the lab links to each example, and each links back and to the others", async ({ page, server }) => {
  const examples = ["chat/plain", "chat/react", "chat/vue", "chat/svelte", "prices", "comments"];
  const paths = examples.map((path) => `/examples/${path}/`);
  await page.goto(`${server.origin}/`);
  expect(await links(page, "Examples")).toEqual(paths);
  for (const path of paths) {
    await page.goto(server.origin + path);
    expect(await links(page, "Examples")).toEqual([...paths, "/"]);
    const current = page.locator("nav [aria-current=page]");
    expect(await current.evaluateAll((found) => found.map((link) => link.pathname))).toEqual([path]);
  }
});

async function open(page, server, path) {
  const [, kind] = path.split("/");
  if (!kind) {
    await page.goto(`${server.origin}/examples/${path}/`);
    await expect(page.locator("#state")).toHaveText("open");
    return;
  }
  await page.setViewportSize({ width: 1280, height: 740 });
  const chat = await Chat.join(page, server, kind, "A rather long name of 32 letters");
  await chat.say(`a very long word: ${"x".repeat(200)}`);
  await chat.say("a short one");
  await expect.poll(async () => (await chat.lines()).filter((line) => line.endsWith("…"))).toEqual([]);
}

async function expectLegible(page, scheme) {
  const look = await readLook(page);
  expect(look.dark).toBe(scheme === "dark");
  if (scheme === "dark") expect(look.ground).toBeLessThan(0.05);
  else expect(look.ground).toBeGreaterThan(0.8);
  expect(look.checked).toBeGreaterThan(8);
  expect(look.pale, "texts with a contrast under 4.5").toEqual([]);
}

/** Every control is reached by Tab, and shows that it has the focus. */
async function expectReachable(page) {
  const controls = page.locator("a, button, input, select, [tabindex]").filter({ visible: true });
  const wanted = await controls.count();
  const reached = new Set();
  // Once round: after the last of them comes the window's frame, then the first.
  for (let step = 0; step <= wanted; step++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const { activeElement, body } = document;
      if (activeElement === body) return;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      const index = [...document.querySelectorAll("*")].indexOf(activeElement);
      return { index, isShown: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 };
    });
    if (!focused) continue;
    expect(focused.isShown).toBe(true);
    reached.add(focused.index);
  }
  expect(reached.size).toBe(wanted);
}

function sticksOut(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const out = [...document.querySelectorAll("body *")]
      .filter((part) => !part.closest("svg, .visually-hidden") && part.checkVisibility())
      .filter((part) => part.getBoundingClientRect().right > clientWidth + 1);
    return {
      width: innerWidth,
      scroll: scrollWidth - clientWidth,
      out: out.map(({ outerHTML }) => outerHTML),
    };
  });
}

/** Controls, pictures and regions that a screen reader has no name for. */
function nameless(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("a, button, input, select, canvas, section, nav, [role=log], [tabindex]")]
      .filter((part) => part.checkVisibility())
      .filter((part) => {
        const label = part.getAttribute("aria-label") ?? part.labels?.[0]?.textContent ?? part.textContent;
        return !label.trim();
      })
      .map(({ outerHTML }) => outerHTML),
  );
}

function links(page, name) {
  return page
    .getByRole("navigation", { name })
    .getByRole("link")
    .evaluateAll((found) => found.map((link) => link.pathname));
}
