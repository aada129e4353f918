import { expectSameChat, Lab, openTwo } from "../support/lab.mjs";
import { expect, test } from "../support/test.mjs";

test("the page loads without an error, and all its panels live", async ({ page, server }) => {
  const failures = [];
  page.on("requestfailed", (request) => failures.push(request.url()));
  page.on("response", (response) => {
    if (response.status() >= 400) failures.push(`${response.status()} ${response.url()}`);
  });
  const lab = await Lab.open(page, server, "Ann");
  await expect(lab.part("client")).toHaveText("Ann");
  await expect(lab.part("notice")).toBeHidden();
  await expect(lab.part("state")).toHaveText("open");
  await expect(lab.part("cause")).toHaveText("–");
  await expect(lab.part("ticker").locator("[data-symbol]")).toHaveCount(6);
  await expect(lab.part("ticker-age")).toHaveText("live");
  await expect(lab.part("rtt")).toHaveText(/^[\d.]+ m?s$/);
  await expect(lab.part("rtt-chart").locator("canvas")).toBeVisible();
  await expect(lab.part("timeline")).toBeVisible();
  await expect(lab.part("chat-presence")).toHaveText("Ann (you)");
  for (const source of ["echo", "chat", "ticker"]) {
    await expect(lab.part("log").locator(`[data-source=${source}][data-event=open]`)).toHaveCount(1);
  }
  expect(failures).toEqual([]);
  expect(lab.problems).toEqual([]);
});

test("without parameters, too: a client id and a name of its own", async ({ page, server }) => {
  await page.goto(`${server.origin}/`);
  await new Lab(page, server).expectConnected();
  await expect(page.getByTestId("client")).toHaveText(/^\w{3,}$/);
  await expect(page.getByTestId("chat-presence")).toHaveText(/^\w+ \w+ \(you\)$/);
});

test("two tabs see each other come, talk and go", async ({ page, context, server }) => {
  const [ann, bob] = await openTwo(context, page, server);
  await expect(ann.part("chat-presence")).toHaveText("Ann (you), Bob");
  await ann.say("hello Bob");
  await bob.lines(1);
  await bob.say("hello Ann");
  await expectSameChat([ann, bob], { Ann: ["hello Bob"], Bob: ["hello Ann"] });
  await bob.page.close();
  await expect(ann.part("chat-presence")).toHaveText("Ann (you)");
});

test("files come back as what binaryType says, changed between messages", async ({
  page,
  server,
}, testInfo) => {
  const lab = await Lab.open(page, server, "Ann");
  const size = 300_000;
  const path = testInfo.outputPath("file.bin");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, Buffer.alloc(size, 7));
  await lab.part("file-input").setInputFiles(path);
  const received = lab.part("echo-output").locator("li[data-direction=received]");
  const kinds = ["blob", "arraybuffer", "blob"];
  await expect(lab.part("binary-type")).toHaveValue("blob");
  for (const [index, kind] of kinds.entries()) {
    await lab.part("binary-type").selectOption(kind);
    await lab.part("file-send").click();
    await expect(received).toHaveCount(index + 1);
    await expect(received.first()).toHaveAttribute("data-kind", kind);
    await expect(received.first()).toHaveAttribute("data-size", String(size));
  }
  // After a reconnect it is still what was chosen.
  await lab.part("binary-type").selectOption("arraybuffer");
  await lab.part("fault-drop").click();
  await expect(lab.part("retry-count")).not.toHaveText("0");
  await lab.expectConnected();
  await lab.part("file-send").click();
  await expect(received).toHaveCount(4);
  await expect(received.first()).toHaveAttribute("data-kind", "arraybuffer");
});

test("clear ends a refusal; what was sent meanwhile waited in the outbox and arrives in order", async ({
  page,
  server,
}) => {
  const lab = await Lab.open(page, server, "Ann");
  await lab.part("fault-refuse").click();
  await expect(lab.part("cause")).toHaveText(/^never-opened/);
  // Shown only while a wait lasts, which may be short.
  await page.waitForFunction(() =>
    /^\d\.\d s$/.test(document.querySelector("[data-testid=countdown]").textContent),
  );
  const texts = ["one", "two", "three"];
  for (const text of texts) {
    await lab.part("message-input").fill(text);
    await lab.part("message-input").press("Enter");
  }
  await expect(lab.part("queued")).toHaveAttribute("data-messages", "3");
  await expect(lab.part("queued")).toHaveText(/^3 messages/);
  await lab.part("fault-clear").click();
  await lab.expectConnected();
  const received = lab.part("echo-output").locator("li[data-direction=received] span");
  await expect(received).toHaveText(texts.toReversed().map((text) => `← ${text}`));
  await expect(lab.part("queued")).toHaveAttribute("data-messages", "0");
  await expect(lab.part("countdown")).toHaveText("–");
});

test("flood: 64 MiB go through, the socket's buffer keeps its watermark", async ({ page, server }) => {
  test.setTimeout(60_000);
  const lab = await Lab.open(page, server, "Ann");
  await lab.part("flood").click();
  await expect(lab.part("flood")).toHaveAttribute("aria-disabled", "true");
  await expect(lab.part("buffers-source")).toHaveText("/slow");
  const queued = async () => Number(await lab.part("queued").getAttribute("data-bytes"));
  expect(await queued()).toBeGreaterThan(32 * 1024 * 1024);
  await expect(lab.part("flood-status")).toHaveText(/^through after .*s; at most .* seen in the socket$/, {
    timeout: 40_000,
  });
  const peak = Number(await lab.part("flood-status").getAttribute("data-peak"));
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThanOrEqual(1024 * 1024 + 64 * 1024);
  await expect(lab.part("flood")).toHaveAttribute("aria-disabled", "false");
  await expect(lab.part("buffers-source")).toHaveText("/echo");
  await expect(lab.part("log").locator("[data-source=flood][data-event=through]")).toHaveCount(1);
  expect(await lab.connections(), "the others were not disturbed").toEqual([1, 1, 1]);
});

test("offline switch: down while it is on, back with everything when it is off", async ({
  page,
  context,
  server,
}) => {
  const labs = await openTwo(context, page, server);
  const [ann, bob] = labs;
  const offline = ann.part("offline");
  await expect(offline).toHaveAttribute("aria-checked", "false");
  await offline.click();
  await expect(offline).toHaveAttribute("aria-checked", "true");
  await expect(ann.part("fault-status")).toHaveText(/^Offline: done/);
  await expect(ann.part("ready-state")).toHaveText("CONNECTING");
  await expect(ann.part("cause")).toHaveText(/^offline · 1006$/);
  await ann.say("from the tunnel");
  await bob.say("where are you?");
  await bob.lines(1);
  expect((await ann.chat()).map(({ text, pending }) => [text, pending])).toEqual([["from the tunnel", true]]);
  await offline.click();
  await expect(offline).toHaveAttribute("aria-checked", "false");
  await ann.expectConnected();
  await expectSameChat(labs, { Ann: ["from the tunnel"], Bob: ["where are you?"] });
});

test("close and reopen", async ({ page, server }) => {
  const lab = await Lab.open(page, server, "Ann");
  await lab.part("close").click();
  await expect(lab.part("state")).toHaveText("closed");
  await expect(lab.part("ready-state")).toHaveText("CLOSED");
  await expect(lab.part("cause")).toHaveText("user · 1000");
  await expect(lab.part("chat-state"), "the other sessions go on").toHaveText("open");
  await expect
    .poll(() => server.logged("Ann", "close"))
    .toMatchObject([{ path: "/echo", code: 1000, reason: "closed in the lab" }]);

  // What brings a lost session back does not bring a closed one back.
  await lab.part("offline").click();
  await expect(lab.part("chat-state")).not.toHaveText("open");
  await lab.part("offline").click();
  await expect(lab.part("chat-state")).toHaveText("open");
  await expect(lab.part("state")).toHaveText("closed");

  await lab.part("reopen").click();
  await lab.expectConnected();
  expect((await server.logged("Ann", "open")).filter(({ path }) => path === "/echo")).toHaveLength(2);
});
