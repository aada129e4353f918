import { expectSameChat, openTwo } from "../support/lab.mjs";
import { expect, test } from "../support/test.mjs";

/** The buttons that cost the connection, with the causes that may be the last one shown. */
const BREAKING = {
  drop: /^connection-lost · 1006$/,
  close: /^server-close · 1011$/,
  silent: /^heartbeat-timeout · /,
  stall: /^heartbeat-timeout · /,
  refuse: /^never-opened · 1006$/,
  hang: /^connect-timeout · 1006$/,
  restart: /^(server-close · 1012|never-opened · 1006)$/,
};

for (const [fault, cause] of Object.entries(BREAKING)) {
  test(`${fault}: connected again, and no chat message is lost`, async ({ page, context, server }) => {
    const [ann, bob] = await openTwo(context, page, server);
    const said = { Ann: ["before"], Bob: [] };
    await ann.say("before");
    await bob.lines(1);
    const before = await ann.connections();

    // In the moment of the loss, and by hand around it.
    await ann.sayWhen("close", ["while down 1", "while down 2"]);
    await ann.part(`fault-${fault}`).click();
    await expect(ann.part("fault-status")).toHaveText(/: done, concerns \d+ open sockets?\.$/);
    await bob.say("from Bob 1");
    await expect(ann.part("retry-count")).not.toHaveText("0", { timeout: 15_000 });
    await ann.page.waitForFunction(() => lab.chat.stats().attempts > 1, undefined, { timeout: 15_000 });
    await ann.say("by hand");
    await bob.say("from Bob 2");
    said.Ann.push("while down 1", "while down 2", "by hand");
    said.Bob.push("from Bob 1", "from Bob 2");

    for (const lab of [ann, bob]) await lab.expectConnected();
    await expect(ann.part("cause")).toHaveText(cause);
    // A stalled server still sends prices, so that the ticker has no reason to give its connection up.
    const hit = fault === "stall" ? [0, 1] : [0, 1, 2];
    const reconnected = async () => {
      const now = await ann.connections();
      return hit.filter((index) => now[index] > before[index]);
    };
    await expect.poll(reconnected, "each session that was hit has a connection anew").toEqual(hit);
    await ann.expectConnected();
    await expect(ann.part("attempts").locator("li").first()).toHaveAttribute("data-state", "open");
    await ann.say("after");
    said.Ann.push("after");
    await expectSameChat([ann, bob], said);

    await ann.part("message-input").fill("still an echo");
    await ann.part("message-send").click();
    const received = ann.part("echo-output").locator("li[data-direction=received]").first();
    await expect(received).toContainText("still an echo");
    await expect(ann.part("ticker")).toHaveAttribute("data-stale", "false");
  });
}

test("delay and clear: slower, but connected all the time", async ({ page, context, server }) => {
  const labs = await openTwo(context, page, server);
  const [ann, bob] = labs;
  const roundTrip = async () => Number.parseFloat(await ann.part("rtt").textContent());
  await ann.say("before");
  await bob.lines(1);
  await ann.part("fault-delay").click();
  await expect(ann.part("fault-status")).toHaveText(/^Delay: done/);
  await ann.say("delayed");
  await bob.say("to the delayed one");
  await expect
    .poll(roundTrip, { message: "the chart's figure shows the 400 ms" })
    .toBeGreaterThanOrEqual(400);

  await ann.part("fault-clear").click();
  await expect(ann.part("fault-status")).toHaveText(/^Clear: done/);
  await expect.poll(roundTrip, { message: "the delay is gone" }).toBeLessThan(200);
  await ann.say("after");
  await expectSameChat(labs, { Ann: ["before", "delayed", "after"], Bob: ["to the delayed one"] });
  expect(await ann.connections(), "none was lost").toEqual([1, 1, 1]);
  await expect(ann.part("retry-count")).toHaveText("0");
});

test("close with each code: those that stop, stop, and reopen revives all three sessions", async ({
  page,
  context,
  server,
}) => {
  test.setTimeout(60_000);
  const labs = await openTwo(context, page, server);
  const [ann] = labs;
  const codes = await ann
    .part("fault-close-code")
    .locator("option")
    .evaluateAll((options) =>
      options.map(({ value, textContent }) => ({ code: value, stops: textContent.includes("stops") })),
    );
  expect(codes.filter(({ stops }) => stops).map(({ code }) => code)).toEqual(["1000", "1008", "4400"]);
  const texts = [];
  for (const { code, stops } of codes.filter(({ code, stops }) => stops || code === "4000")) {
    const before = await ann.connections();
    texts.push(`sent at ${code}`);
    await ann.sayWhen("close", [`sent at ${code}`]);
    await ann.part("fault-close-code").selectOption(code);
    await ann.part("fault-close").click();
    await expect(ann.part("cause")).toHaveText(`server-close · ${code}`);
    if (stops) {
      for (const state of ["state", "chat-state", "ticker-state"])
        await expect(ann.part(state)).toHaveText("closed");
      await expect(ann.part("ready-state")).toHaveText("CLOSED");
      await expect(ann.part("attempts").locator("li").first()).toContainText("closed for good");
      await ann.part("reopen").click();
    }
    await ann.page.waitForFunction(
      (before) => Object.values(lab).every((session, index) => session.stats().opened > before[index]),
      before,
    );
    await ann.expectConnected();
  }
  await expectSameChat(labs, { Ann: texts });
});
