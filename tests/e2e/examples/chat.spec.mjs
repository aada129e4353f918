import { Chat } from "../support/chat.mjs";
import { expect, test } from "../support/test.mjs";

const KINDS = ["plain", "react", "vue", "svelte"];

for (const kind of KINDS) {
  test(`${kind}: two talk; who leaves closes the connection, and may come again`, async ({
    page,
    context,
    server,
  }) => {
    const [ann, bob] = await joinTwo(kind, context, page, server);
    await ann.say("hello");
    await bob.expectLines(["Ann: hello"]);
    await bob.say("<b>hello</b>");
    for (const chat of [ann, bob]) await chat.expectLines(["Ann: hello", "Bob: <b>hello</b>"]);
    await expect(ann.log.locator("li.own")).toHaveText(/hello/);

    await bob.leave();
    await expect(ann.names).toHaveText("Here: Ann");
    await ann.say("gone?");
    await expect.poll(() => server.logged("", "close")).toMatchObject([{ path: "/chat", code: 1000 }]);
    await bob.joinAgain();
    await expect(ann.names).toHaveText("Here: Ann, Bob");
    await bob.expectLines(["Ann: hello", "Bob: <b>hello</b>", "Ann: gone?"]);
    expect(await server.logged("", "handshake"), "as many sockets as there were visits").toHaveLength(3);
    expect([...ann.problems, ...bob.problems]).toEqual([]);
  });

  test(`${kind}: the server is killed and comes back: nothing is lost or doubled`, async ({
    page,
    context,
    server,
  }) => {
    test.setTimeout(60_000);
    const [ann, bob] = await joinTwo(kind, context, page, server);
    await ann.say("hello");
    await bob.expectLines(["Ann: hello"]);

    // Sent, and never read.
    await server.fault("*", "silent");
    await ann.say("into silence");
    await ann.expectLines(["Ann: hello", "Ann: into silence …"]);
    await server.kill();
    for (const chat of [ann, bob]) await chat.expectState("waiting");
    await ann.say("anybody?");
    await bob.say("where are you?");
    await ann.expectLines(["Ann: hello", "Ann: into silence …", "Ann: anybody? …"]);
    await bob.expectLines(["Ann: hello", "Bob: where are you? …"]);

    await server.restart();
    for (const chat of [ann, bob]) await chat.expectState("open");
    await ann.say("back");
    await expect.poll(async () => (await ann.lines()).length, { timeout: 20_000 }).toBe(5);
    await expect.poll(async () => (await ann.lines()).filter((line) => line.endsWith("…"))).toEqual([]);
    const lines = await ann.lines();
    expect(lines.toSorted()).toEqual([
      "Ann: anybody?",
      "Ann: back",
      "Ann: hello",
      "Ann: into silence",
      "Bob: where are you?",
    ]);
    expect(lines.filter((line) => line.startsWith("Ann"))).toEqual([
      "Ann: hello",
      "Ann: into silence",
      "Ann: anybody?",
      "Ann: back",
    ]);
    await bob.expectLines(lines);
    expect([...ann.problems, ...bob.problems]).toEqual([]);
  });
}

async function joinTwo(kind, context, page, server) {
  const ann = await Chat.join(page, server, kind, "Ann");
  const bob = await Chat.join(await context.newPage(), server, kind, "Bob");
  for (const chat of [ann, bob]) await expect(chat.names).toHaveText("Here: Ann, Bob");
  return [ann, bob];
}
