// The two programs of docs/catching-up.md, as they stand there.

import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ROOT } from "../support/node.mjs";
import { TcpProxy } from "../support/proxy.mjs";
import { expect, test } from "../support/test.mjs";

const [, serverProgram, pageProgram] = readFileSync(`${ROOT}docs/catching-up.md`, "utf8")
  .split("```js\n")
  .map((text) => text.split("```")[0]);

test("every line comes once and in the same order to everybody", async ({ blank, context, server }, {
  workerIndex,
}) => {
  const lines = await start(workerIndex);
  const path = await TcpProxy.start(lines.address().port);
  const ann = await open(blank, path.port);
  const other = await context.newPage();
  await other.goto(`${server.origin}/healthz`);
  const bob = await open(other, lines.address().port);
  await ann.say("hello");
  await bob.hears(1);

  path.refuse();
  path.reset();
  await expect.poll(() => ann.state()).not.toBe("open");
  for (const text of ["while Ann is away", "and still"]) await bob.say(text);
  await ann.say("from a tunnel");
  await bob.hears(3);
  await path.listen();
  await bob.hears(4);
  await ann.hears(4);
  expect(ann.lines).toEqual(["hello", "while Ann is away", "and still", "from a tunnel"]);
  expect(bob.lines).toEqual(ann.lines);

  await path.stop();
  for (const client of lines.clients) client.terminate();
  lines.close();
});

/** The server, on a port of its own. */
async function start(index) {
  const folder = `${ROOT}build/catching-up`;
  const file = `${folder}/server-${index}.mjs`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${serverProgram.replace("port: 8080", "port: 0")}\nexport { server };\n`);
  const { server } = await import(pathToFileURL(file));
  rmSync(file);
  await once(server, "listening");
  return server;
}

/** The page's program in a page; what it writes to the console are lines. */
async function open(page, port) {
  const lines = [];
  page.on("console", (message) => {
    if (message.type() === "log") lines.push(message.text());
  });
  await page.addScriptTag({
    type: "module",
    content: `${pageProgram.replace('"steadysocket"', '"/pkg/dist/index.js"').replace(":8080", `:${port}`)}
      globalThis.socket = socket;`,
  });
  await page.waitForFunction(() => globalThis.socket?.state === "open");
  return {
    lines,
    say: (text) => page.evaluate((text) => socket.send(text), text),
    state: () => page.evaluate(() => socket.state),
    hears: (count) => expect.poll(() => lines.length, { timeout: 20_000 }).toBe(count),
  };
}
