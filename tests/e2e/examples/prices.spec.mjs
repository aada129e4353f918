import { watchProblems } from "../support/problems.mjs";
import { expect, test } from "../support/test.mjs";

test("prices change and flash; they are stale while the server is away", async ({ page, server }) => {
  const problems = watchProblems(page);
  await page.goto(`${server.origin}/examples/prices/`);
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(6);
  await expect(page.getByRole("status")).toHaveText("open");
  await expect(page.getByText("live", { exact: true })).toBeVisible();

  const flash = await nextFlash(page);
  expect(flash.text).toMatch(/^\d+\.\d\d$/);
  expect(flash.background, "not transparent").not.toMatch(/^(transparent|rgba\(0, 0, 0, 0\))$/);
  await expect(page.locator(`.price[data-move=${flash.move}]`).first()).toBeVisible();
  for (const row of await rows.all()) await expectChangeSinceOpening(row);

  await server.kill();
  await expect(page.getByText(/^no news since \d/)).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("waiting");
  await expect(page.getByRole("table")).toHaveAttribute("data-stale", "true");
  const colours = await page
    .locator("tbody :is(th, td):not(.course)")
    .evaluateAll((cells) => new Set(cells.map((cell) => getComputedStyle(cell).color)).size);
  expect(colours, "all the same").toBe(1);
  await server.restart();
  await expect(page.getByText("live", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("table")).toHaveAttribute("data-stale", "false");
  await nextFlash(page);
  expect(problems).toEqual([]);
});

test("a hidden tab is sent no prices; one that is shown again is", async ({ page, server }) => {
  await page.goto(`${server.origin}/examples/prices/`);
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  await hide(page, true);
  await expect
    .poll(() => server.logged("", "close"))
    .toMatchObject([{ path: "/ticker", code: 1000, reason: "hidden" }]);
  await expect(page.getByRole("status")).toHaveText("closed");
  await expect(page.getByRole("table")).toHaveAttribute("data-stale", "true");
  await hide(page, false);
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  expect(await server.logged("", "open")).toHaveLength(2);
});

/** The next price that flashes. */
function nextFlash(page) {
  return page
    .waitForFunction(() => {
      const effect = document.getAnimations().find(({ effect }) => effect?.target?.matches(".price"))?.effect;
      const { target } = effect ?? {};
      const background = target && getComputedStyle(target).backgroundColor;
      return target && { text: target.textContent, move: target.dataset.move, background };
    })
    .then((handle) => handle.jsonValue());
}

async function expectChangeSinceOpening(row) {
  const [price, difference, percent] = await row.evaluate((row) =>
    [".price", ".difference", ".percent"].map((cell) =>
      Number(row.querySelector(cell).textContent.replace("−", "-")),
    ),
  );
  expect(percent).toBeCloseTo((difference / (price - difference)) * 100, 1);
}

/** As far as the page sees: browsers that are driven do not hide tabs. */
function hide(page, hidden) {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}
