import { test as base, expect } from "@playwright/test";
import { SuiteServer } from "./server.mjs";

// WHATWG WebSockets §3.2, garbage collection. Only Chromium lets a page ask for it.

const SUBJECTS = ["native", "strict", "preset", "default"];
const ID = "run-garbage";

const test = base.extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...launchOptions.args, "--js-flags=--expose-gc"] });
    },
    { scope: "worker" },
  ],

  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const server = await SuiteServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  /** The suite's page, with the classes under test as `SUBJECTS` and what the tests below are made of. */
  scene: async ({ page, server }, use) => {
    await page.goto(`${server.origin}/page`);
    await page.evaluate(async () => {
      const { SUBJECTS } = await import("/suite/subjects.js");
      Object.assign(globalThis, { SUBJECTS, heard: [], collected, once });

      /** Whether what `ref` refers to goes within so many collections. */
      async function collected(ref, times = 100) {
        for (let count = 0; count < times && ref.deref(); count++) {
          // A reference that was looked at lives until its task ends.
          await new Promise((resolve) => setTimeout(resolve, 10));
          gc();
        }
        return ref.deref() === undefined;
      }

      /** Without the event, which refers to the socket. */
      function once(socket, type) {
        return new Promise((resolve) => socket.addEventListener(type, () => resolve(), { once: true }));
      }
    });
    await use(page);
  },
});

for (const subject of SUBJECTS) {
  test(`${subject}: an open session that nobody refers to lives, and its listeners are called`, async ({
    scene,
    server,
  }) => {
    const url = urlOf(server, `${subject}open`, "/echo");
    const isCollected = await scene.evaluate(
      async ([subject, url]) => {
        const make = async () => {
          const socket = new SUBJECTS[subject].WebSocket(url);
          socket.onmessage = ({ data }) => heard.push(`handler ${data}`);
          socket.addEventListener("message", ({ data }) => heard.push(`listener ${data}`));
          await once(socket, "open");
          return new WeakRef(socket);
        };
        return collected(await make(), 20);
      },
      [subject, url],
    );
    expect(isCollected).toBe(false);
    await tell(server, `${subject}open`, "send", { text: "hello" });
    await expect.poll(() => scene.evaluate(() => heard)).toEqual(["handler hello", "listener hello"]);
  });

  test(`${subject}: a session that was closed is collected`, async ({ scene, server }) => {
    const url = urlOf(server, `${subject}closed`, "/echo");
    const isCollected = await scene.evaluate(
      async ([subject, url]) => {
        const make = async () => {
          const socket = new SUBJECTS[subject].WebSocket(url);
          socket.onmessage = () => heard.push(socket.readyState);
          await once(socket, "open");
          socket.send("a");
          await once(socket, "message");
          const closed = once(socket, "close");
          socket.close(1000);
          await closed;
          return new WeakRef(socket);
        };
        return collected(await make());
      },
      [subject, url],
    );
    expect(isCollected).toBe(true);
  });

  test(`${subject}: a session that never opened is collected`, async ({ scene, server }) => {
    const url = urlOf(server, `${subject}failed`, "/echo?status=404");
    const isCollected = await scene.evaluate(
      async ([subject, url]) => {
        const make = async () => {
          const socket = new SUBJECTS[subject].WebSocket(url);
          socket.onclose = () => heard.push(socket.readyState);
          await once(socket, "close");
          // By default it would try again.
          socket.close();
          return new WeakRef(socket);
        };
        return collected(await make());
      },
      [subject, url],
    );
    expect(isCollected).toBe(true);
  });

  test(`${subject}: a session that the server closed is collected, with what was registered for it`, async ({
    scene,
    server,
  }) => {
    const url = urlOf(server, `${subject}left`, "/echo?greet=hello&farewell=1000");
    const isCollected = await scene.evaluate(
      async ([subject, url]) => {
        const finalized = new Promise((resolve) => {
          globalThis.registry = new FinalizationRegistry(resolve);
        });
        const make = async () => {
          const socket = new SUBJECTS[subject].WebSocket(url);
          registry.register(socket, "gone");
          await once(socket, "close");
          return new WeakRef(socket);
        };
        const isCollected = await collected(await make());
        return [isCollected, await finalized];
      },
      [subject, url],
    );
    expect(isCollected).toEqual([true, "gone"]);
  });
}

function urlOf(server, name, path) {
  return `ws://127.0.0.1:${server.ports[0]}/${ID}${name}${path}`;
}

async function tell(server, name, command, parameters) {
  const body = JSON.stringify({ command, parameters });
  const answer = await fetch(`${server.origin}/tell/${ID}${name}`, { method: "POST", body });
  expect(answer.ok).toBe(true);
}
