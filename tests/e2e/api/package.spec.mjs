import { expect, test } from "../support/test.mjs";

// It sees WebAssembly being compiled.
const WASM = { tag: "@wasm" };
test("a plain module script: one request, and nothing done at import", WASM, async ({ page, server }) => {
  const requests = [];
  const problems = [];
  await page.goto(`${server.origin}/healthz`);
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("console", (message) => {
    if (!message.location().url.endsWith("/favicon.ico")) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  await page.evaluate(() => {
    globalThis.compiled = 0;
    globalThis.before = new Set(Object.getOwnPropertyNames(globalThis));
    for (const own of ["before", "exported", "SteadySocket"]) before.add(own);
    for (const name of ["Module", "Instance"]) {
      WebAssembly[name] = new Proxy(WebAssembly[name], {
        construct(target, parameters) {
          compiled++;
          return Reflect.construct(target, parameters);
        },
      });
    }
  });
  await page.addScriptTag({
    type: "module",
    content: `import * as all from "/pkg/dist/index.js";
      globalThis.exported = Object.keys(all);
      globalThis.SteadySocket = all.SteadySocket;`,
  });
  await page.waitForFunction(() => globalThis.SteadySocket);
  const imported = await page.evaluate(() => ({
    compiled,
    // Playwright has names of its own.
    leaked: Object.getOwnPropertyNames(globalThis).filter(
      (name) => !before.has(name) && !name.startsWith("__pw"),
    ),
    exported,
  }));
  expect(imported).toEqual({ compiled: 0, leaked: [], exported: ["SteadySocket"] });

  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const session = new SteadySocket("/echo");
        session.send("no bundler needed");
        session.onmessage = ({ data }) => resolve(data);
      }),
  );
  expect(answer).toBe("no bundler needed");
  expect(await page.evaluate(() => compiled)).toBeGreaterThan(0);
  expect(requests.filter((path) => path !== "/echo" && path !== "/favicon.ico")).toEqual([
    "/pkg/dist/index.js",
  ]);
  expect(problems).toEqual([]);
});

test("works in a module worker", async ({ page, server }) => {
  await page.goto(`${server.origin}/healthz`);
  const answer = await page.evaluate(async () => {
    const source = `import { SteadySocket } from "${location.origin}/pkg/dist/index.js";
      const session = new SteadySocket("${location.origin}/echo", [], { backoff: { min: 20 } });
      session.send("from a worker");
      session.onmessage = ({ data }) => postMessage(data);`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), {
      type: "module",
    });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  });
  expect(answer).toBe("from a worker");
});

test("slim: says what is missing before init(), and works after it", async ({ page, server }) => {
  await page.goto(`${server.origin}/healthz`);
  const seen = await page.evaluate(async () => {
    const { SteadySocket, init } = await import("/pkg/dist/slim.js");
    let error;
    try {
      new SteadySocket("/echo");
    } catch (thrown) {
      error = String(thrown.message);
    }
    await init("/pkg/dist/steadysocket.wasm");
    const session = new SteadySocket("/echo");
    session.send("slim");
    return new Promise((resolve) => {
      session.onmessage = ({ data }) => resolve({ error, answer: data });
    });
  });
  expect(seen.error).toContain("init");
  expect(seen.answer).toBe("slim");
});

test("a hundred sessions, opened and closed, leave no socket behind", async ({ blank }) => {
  const { live, states } = await blank.evaluate(async () => {
    const seen = { live: 0 };
    class Counted extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols);
        seen.live++;
        this.addEventListener("close", () => seen.live--);
      }
    }
    const sessions = [];
    for (let round = 0; round < 10; round++) {
      const batch = Array.from({ length: 10 }, () => connect("/echo", { WebSocket: Counted }));
      await Promise.all(batch.map(opened));
      for (const session of batch) session.close(1000);
      await until(() => batch.every(({ readyState }) => readyState === 3));
      sessions.push(...batch);
    }
    await until(() => seen.live === 0);
    return { live: seen.live, states: [...new Set(sessions.map(({ state }) => state))] };
  });
  expect(live).toBe(0);
  expect(states).toEqual(["closed"]);
});
