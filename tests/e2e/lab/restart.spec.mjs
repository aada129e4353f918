import { expectSameChat, openTwo } from "../support/lab.mjs";
import { expect, test } from "../support/test.mjs";

test("the server is killed while two tabs chat, and back 5 s later: nothing said meanwhile is lost", async ({
  page,
  context,
  server,
}) => {
  test.setTimeout(60_000);
  const labs = await openTwo(context, page, server);
  const said = { Ann: ["hello"], Bob: ["hi"] };
  await labs[0].say("hello");
  await labs[1].lines(1);
  await labs[1].say("hi");
  for (const lab of labs) await lab.lines(2);

  await server.kill();
  const killedAt = Date.now();
  // Two people who chat on, once for each attempt of theirs that fails, for as long as the server is away.
  let number = 0;
  while (Date.now() < killedAt + 5000) {
    number++;
    for (const lab of labs) {
      await lab.say(`message ${number}`);
      said[lab.name].push(`message ${number}`);
    }
    const moment = Date.now();
    await expect.poll(() => Date.now() - moment, { intervals: [50] }).toBeGreaterThan(200);
  }
  for (const lab of labs) {
    const pending = (await lab.chat()).filter((message) => message.pending);
    expect(pending.map(({ text }) => text)).toEqual(said[lab.name].slice(1));
    await expect(lab.part("ready-state")).toHaveText("CONNECTING");
  }
  await server.restart();

  for (const lab of labs) await lab.expectConnected();
  for (const lab of labs) {
    await lab.say("back");
    said[lab.name].push("back");
  }
  expect(number, "messages said meanwhile").toBeGreaterThan(5);
  await expectSameChat(labs, said);
  for (const { name } of labs) expect((await server.logged(name, "open")).length).toBeGreaterThanOrEqual(3);
});
