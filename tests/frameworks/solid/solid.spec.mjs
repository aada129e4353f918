import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "../support/build.mjs";
import { filesOf } from "../support/files.mjs";
import { expect, testsOf } from "../support/fixtures.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const FAILED_CONNECTION = /WebSocket|establish|interrupted/;

const test = testsOf(async () => {
  const place = await build(here);
  const { render } = await import(pathToFileURL(join(place, "server/server.js")).href);
  return filesOf(join(place, "client"), ({ url }, response) =>
    response.setHeader("content-type", "text/html").end(render(url)),
  );
});

const go = async (scene, name) => {
  await scene.page.getByRole("link", { name, exact: true }).click();
  await expect(scene.page.locator("h1")).toHaveText(name);
};

test("a component's session: one socket while it is there, and what is sent first waits for it", async ({
  scene,
}) => {
  await scene.open("/chat");
  await scene.text("state").toHaveText("open");
  await scene.text("last").toHaveText("hello");
  await scene.expectSockets("chat", 1, 0);
  await scene.click("Toggle");
  await scene.expectSockets("chat", 1, 1);
  expect(scene.codes("chat")).toEqual([1000]);
  await scene.click("Toggle");
  await scene.text("state").toHaveText("open");
  await scene.text("asked").toHaveText("1");
  await scene.expectSockets("chat", 2, 1);
});

test("without a URL there is none", async ({ scene }) => {
  scene.expectComplaint(/no URL/);
  await scene.open("/chat");
  await scene.text("state").toHaveText("open");
  await scene.click("Leave");
  await scene.text("state").toHaveText("idle");
  await scene.text("last").toHaveText("nothing");
  await scene.expectSockets("chat", 1, 1);
  const thrown = scene.page.waitForEvent("pageerror");
  await scene.click("Send");
  expect(String(await thrown)).toContain("no URL");
  await scene.click("Leave");
  await scene.text("state").toHaveText("open");
  await scene.expectSockets("chat", 2, 1);
});

test("a burst: every message is handled, in order, and effects run for what they read alone", async ({
  scene,
}) => {
  await scene.open("/chat");
  await scene.text("last").toHaveText("hello");
  const before = await scene.page.evaluate(() => globalThis.solid.runs.state);
  const { lines, runs } = await scene.page.evaluate(async () => {
    const { chat, lines, runs } = globalThis.solid;
    for (let number = 0; number < 1000; number++) chat.send(`${number}`);
    await new Promise((resolve) => {
      chat.socket().addEventListener("message", () => lines().length === 1001 && resolve());
    });
    return { lines: lines(), runs };
  });
  expect(lines).toEqual(["hello", ...Array.from({ length: 1000 }, (_, number) => `${number}`)]);
  expect(runs.state).toBe(before);
  await scene.expectSockets("chat", 1, 0);
});

test("comes back with the server, asking for its URL once for each attempt", async ({ scene, witness }) => {
  scene.expectComplaint(FAILED_CONNECTION);
  await scene.open("/chat");
  await scene.text("state").toHaveText("open");
  await witness.kill();
  await scene.text("state").not.toHaveText("open");
  await witness.restart();
  await scene.text("state").toHaveText("open", { timeout: 40_000 });
  await scene.expectSockets("chat", 2, 1);
  const { attempts } = await scene.page.evaluate(() => globalThis.solid.chat.socket().stats());
  await scene.text("asked").toHaveText(`${attempts}`);
});

test("one that cannot be made is an error of its component", async ({ scene }) => {
  await scene.open("/chat");
  await scene.click("Fail");
  await scene.text("failed").toHaveText("SyntaxError");
});

test("routes: another parameter is one close and one open, another query nothing", async ({ scene }) => {
  await scene.open("/rooms/a");
  await scene.text("state").toHaveText("open");
  await go(scene, "b");
  await scene.text("state").toHaveText("open");
  await scene.expectSockets("room=a", 1, 1);
  await scene.expectSockets("room=b", 1, 0);
  await go(scene, "b2");
  await scene.click("Send");
  await scene.text("last").toHaveText("to b");
  await scene.expectSockets("room=b", 1, 0);
  await go(scene, "chat");
  await scene.text("state").toHaveText("open");
  await scene.expectSockets("room=b", 1, 1);
  await scene.expectSockets("chat", 1, 0);
  await go(scene, "a");
  await scene.expectSockets("chat", 1, 1);
  await scene.expectSockets("room=a", 2, 1);
});

/** Shows one of `src/Rooms.jsx`. */
const enter = async (scene, name) => {
  await scene.open(`/rooms`, `&case=${name}`);
  await scene.text("state").toHaveText("open");
};

test.describe("what is sent for another URL goes to its session", () => {
  test("by an effect that runs first", async ({ scene }) => {
    await enter(scene, "effect");
    await scene.click("Tab 0");
    await scene.click("To b");
    await scene.expectSockets("room=b", 1, 0);
    await expect.poll(() => scene.sent("room=b")).toEqual(["to b"]);
    expect(scene.sent("room=a")).toEqual(["to a"]);
  });

  test("in one batch", async ({ scene }) => {
    await enter(scene, "plain");
    await scene.click("To b with a word");
    await scene.expectSockets("room=b", 1, 0);
    await expect.poll(() => scene.sent("room=b")).toEqual(["to b"]);
    expect(scene.sent("room=a")).toEqual([]);
  });

  test("while Suspense holds effects back", async ({ scene }) => {
    await enter(scene, "suspense");
    await scene.click("To b");
    await scene.text("fallback").toBeVisible();
    await scene.page.evaluate(() => {
      globalThis.rooms.chat.send("to b");
      globalThis.load();
    });
    await scene.text("history").toHaveText("history of b");
    await scene.expectSockets("room=b", 1, 0);
    await expect.poll(() => scene.sent("room=b")).toEqual(["to b"]);
    expect(scene.sent("room=a")).toEqual([]);
  });

  test("1,000 at most while it has not begun", async ({ scene }) => {
    await enter(scene, "suspense");
    await scene.click("To b");
    await scene.text("fallback").toBeVisible();
    await scene.page.evaluate(() => {
      for (let number = 0; number < 1002; number++) globalThis.rooms.chat.send(`${number}`);
      globalThis.load();
    });
    await expect.poll(() => scene.sent("room=b").length).toBe(1000);
    expect(scene.sent("room=b").at(0)).toBe("2");
  });
});

test("what waits at another URL, or when the component goes, is given up with a word", async ({
  scene,
  witness,
}) => {
  scene.expectComplaint(FAILED_CONNECTION);
  await enter(scene, "plain");
  await witness.kill();
  await scene.text("state").not.toHaveText("open");
  const send = (text) => scene.page.evaluate((text) => globalThis.rooms.chat.send(text), text);
  const dropped = () => scene.page.evaluate(() => globalThis.rooms.dropped);
  await send("to a");
  await scene.click("To b");
  await expect.poll(dropped).toEqual(["to a"]);
  await send("to b");
  await scene.click("Leave");
  // One that is connecting takes a moment to end.
  await expect.poll(dropped).toEqual(["to a", "to b"]);
  await expect(send("to nobody")).rejects.toThrow("its component is gone");
});

test("what a server renders opens nothing, and comes to life as it is", async ({ scene, application }) => {
  for (const present of [undefined, class {}]) {
    const original = globalThis.WebSocket;
    globalThis.WebSocket = present;
    const answer = await fetch(`${application.origin}/chat?server=${scene.server}`);
    globalThis.WebSocket = original;
    expect(await answer.text()).toMatch(/id="state"[^>]*>(<!--\$-->)?idle/);
  }
  // What the script finds is what was served.
  await scene.page.route("**/client.js", async (route) => {
    const response = await route.fetch();
    const body = `globalThis.served = [...document.querySelectorAll("p, button")];${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await scene.open("/chat");
  await scene.text("state").toHaveText("open");
  const { elements, gone } = await scene.page.evaluate(() => ({
    elements: globalThis.served.length,
    gone: globalThis.served.filter((element) => !element.isConnected).map(({ outerHTML }) => outerHTML),
  }));
  expect(elements).toBeGreaterThan(3);
  expect(gone).toEqual([]);
  expect(await scene.page.locator("p, button").count()).toBe(elements);
  await scene.expectSockets("chat", 1, 0);
});
