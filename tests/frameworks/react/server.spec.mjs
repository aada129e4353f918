// Rendered by a server, in Node itself, and hydrated by a browser.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "./support/test.mjs";

const RENDER = fileURLToPath(new URL("app/server/render.mjs", import.meta.url));

test.use({ mode: "development" });

for (const [title, flags, hasWebSocket] of [
  ["without a WebSocket", ["--no-experimental-websocket"], false],
  ["with a WebSocket", ["--experimental-websocket"], true],
]) {
  test(`Node ${title} renders what is idle, and connects to nothing`, async ({ witness }) => {
    for (const environment of ["production", "development"]) {
      const rendered = await render(witness, flags, environment);
      expect(rendered.hasWebSocket).toBe(hasWebSocket);
      expect(rendered.made).toEqual([]);
      expect(rendered.whole.match(/idle undefined/g)).toHaveLength(2);
      expect(rendered.streamed.match(/idle undefined/g)).toHaveLength(3);
    }
    expect(witness.seen).toEqual([]);
  });
}

test("what the server rendered is hydrated as it is, and then connects", async ({
  page,
  witness,
  complaints,
  openRendered,
  sockets,
}) => {
  const { whole } = await render(witness);
  await openRendered(whole);
  for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open undefined");
  await page.getByTestId("one").click();
  for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open hello");
  await sockets({ opened: ["a"] });
  expect(complaints).toEqual([]);
});

test("what is hydrated when the session is open already is what the server rendered first", async ({
  page,
  witness,
  complaints,
  openRendered,
  sockets,
}) => {
  const { streamed } = await render(witness);
  await openRendered(streamed, { late: "" });
  for (const name of ["one", "two"]) await expect(page.getByTestId(name)).toHaveText("open undefined");
  await page.getByTestId("one").click();
  await expect(page.getByTestId("two")).toHaveText("open hello");
  await expect(page.getByTestId("late")).toHaveText("idle undefined");
  await page.evaluate(() => codeComes());
  await expect(page.getByTestId("late")).toHaveText("open hello");
  await sockets({ opened: ["a"] });
  expect(complaints).toEqual([]);
});

async function render(witness, flags = [], environment = "production") {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, RENDER, `ws://localhost:${witness.port}/echo?a`],
    { env: { ...process.env, NODE_ENV: environment }, timeout: 60_000 },
  );
  return JSON.parse(stdout);
}
