const PATIENCE_MS = 120_000;

/**
 * Opens a page that writes what a server echoes into its `<output>`. Resolves with that, with what the page asked the
 * network for, and with everything that it complained of.
 */
export async function visit(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests = [];
  const problems = [];
  page.on("request", (request) => requests.push({ url: request.url(), type: request.resourceType() }));
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type()) && !isIcon(message)) problems.push(message.text());
  });
  const failed = page.waitForEvent("pageerror", { timeout: PATIENCE_MS }).then(
    (error) => problems.push(error.stack),
    () => problems.push(`no answer within ${PATIENCE_MS} ms`),
  );
  try {
    await page.goto(address);
    const output = page.locator("output", { hasText: /\S/ });
    await Promise.race([failed, output.waitFor({ timeout: 0 })]);
    const answer = await page
      .locator("output")
      .textContent({ timeout: 1000 })
      .catch(() => "no output");
    return { answer, requests, problems: [...problems] };
  } finally {
    await context.close();
  }
}

/** Browsers ask for an icon by themselves. */
function isIcon(message) {
  return message.location().url.endsWith("/favicon.ico");
}
