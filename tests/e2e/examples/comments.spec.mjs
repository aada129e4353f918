import { watchProblems } from "../support/problems.mjs";
import { expect, test } from "../support/test.mjs";

test.use({ viewport: { width: 420, height: 700 } });

test("a comment crosses the stage, one's own with a frame, and stands still in a pause", async ({
  page,
  browser,
  server,
}) => {
  // In a window of its own: a tab behind another draws nothing.
  const other = await browser.newPage();
  const problems = [page, other].flatMap(watchProblems);
  for (const tab of [page, other]) await open(tab, server);
  await say(page, "here I am");
  const [own, theirs] = await Promise.all([page, other].map(firstSeen));
  expect(own.framed).toBe(true);
  expect(theirs.framed, "somebody else's has no frame").toBe(false);

  await press(page, "Pause");
  const paused = await seen(page);
  await frames(page, 20);
  expect(await seen(page)).toEqual(paused);
  const crossing = crossed(page);
  await press(page, "Pause");
  const path = await crossing;
  expect(path, "ever further to the left").toEqual(path.toSorted((a, b) => b - a));
  const steps = path.slice(1).map((left, index) => path[index] - left);
  expect(Math.max(...steps), "without leaps").toBeLessThan(30);
  expect(path[0]).toBe(paused.left);
  expect(path.at(-1), "until it leaves at the left edge").toBe(0);
  expect(problems).toEqual([]);
  await other.close();
});

test("as many pixels as the screen has there", async ({ browser, server }) => {
  const context = await browser.newContext({ deviceScaleFactor: 2, viewport: { width: 420, height: 700 } });
  const page = await context.newPage();
  await open(page, server);
  await say(page, "sharp");
  await firstSeen(page);
  const [drawn, shown] = await page
    .locator("canvas")
    .evaluate(({ width, height, clientWidth, clientHeight }) => [
      [width, height],
      [clientWidth * devicePixelRatio, clientHeight * devicePixelRatio],
    ]);
  expect(drawn).toEqual(shown);
  await context.close();
});

test("thousands a minute", async ({ page, server }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, server, "stadium");
  await expect
    .poll(async () => Number(/^(\d+) a minute/.exec(await page.locator("#reading").textContent())?.[1]), {
      timeout: 20_000,
    })
    .toBeGreaterThan(1500);
});

test("a list for whom reduced motion is preferred, and at the press of a button", async ({
  browserName,
  page,
  server,
}) => {
  await open(page, server);
  if (browserName === "chromium") await page.emulateMedia({ reducedMotion: "reduce" });
  // Over WebDriver BiDi Playwright does not tell Firefox of it.
  if (browserName === "firefox") await press(page, "List");
  await expect(page.locator("canvas")).toBeHidden();
  await expect(page.getByRole("button", { name: "List" })).toHaveAttribute("aria-pressed", "true");
  await say(page, "in a list");
  const list = page.getByRole("list", { name: /^Comments/ });
  await expect(list.locator("li.own")).toHaveText("in a list");
  await press(page, "List");
  await expect(page.locator("canvas")).toBeVisible();
  await expect(list).toBeHidden();
});

test("the server is away: what is said meanwhile flies when it is back", async ({ page, server }) => {
  await open(page, server);
  await server.kill();
  await expect(page.locator("#state")).toHaveText("waiting");
  await say(page, "still there?");
  await server.restart();
  await expect(page.locator("#state")).toHaveText("open", { timeout: 20_000 });
  expect(await firstSeen(page)).toMatchObject({ framed: true });
});

async function open(page, server, audience = "none") {
  await page.goto(`${server.origin}/examples/comments/`);
  await page.getByLabel("Audience").selectOption(audience);
  await expect(page.locator("#state")).toHaveText("open");
  // What the audience has said before is gone.
  for (let times = 0; times < 2; times++) await press(page, "List");
}

async function say(page, text) {
  await page.getByLabel("Your comment").fill(text);
  await page.getByLabel("Your comment").press("Enter");
}

function press(page, name) {
  return page.getByRole("button", { name }).click();
}

function frames(page, count) {
  return page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
  }, count);
}

/** What is seen of the first comment, which must be there for some frames. */
async function firstSeen(page) {
  const found = await page.waitForFunction(look);
  return found.jsonValue();
}

function seen(page) {
  return page.evaluate(look);
}

/** Where a comment's left edge is, frame by frame, until the canvas is empty. */
function crossed(page) {
  return page.evaluate(`(async () => {
    const path = [];
    for (let now; (now = (${look})()); await new Promise(requestAnimationFrame)) path.push(now.left);
    return path;
  })()`);
}

/** In the page: where the painted part of the canvas begins, and whether it has the frame's colour; null when it is empty. */
function look() {
  const canvas = document.querySelector("canvas");
  const { width, height } = canvas;
  if (width * height === 0) return null;
  const { data } = canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height);
  let left = width;
  let framed = false;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 40) continue;
    left = Math.min(left, (at / 4) % width);
    framed ||= data[at] < 90 && data[at + 1] > 180 && data[at + 2] < 175;
  }
  return left === width ? null : { left, framed };
}
