import { build } from "esbuild";
import { ROOT } from "../support/node.mjs";
import { expect, test } from "../support/test.mjs";
import { Witness } from "../support/witness.mjs";

const NO_WASM = "delete globalThis.WebAssembly;";
/** What a build makes of its surroundings: an answer on a second connection, or what was thrown. */
const TRY = `async (path, url) => {
  const { SteadySocket } = await import(path);
  const next = (session, type) => new Promise((resolve) => session.addEventListener(type, resolve, { once: true }));
  let session;
  try {
    session = new SteadySocket(url, [], { heartbeat: { message: "ping", reply: "pong", interval: 50 } });
  } catch (error) {
    return error.message;
  }
  await next(session, "latency");
  session.reconnect();
  session.send("sent meanwhile");
  const { data } = await next(session, "message");
  session.close(1000);
  await next(session, "close");
  return [data, session.stats().opened, session.state];
}`;
const WORKS = ["sent meanwhile", 2, "closed"];
const HELP = /'wasm-unsafe-eval'.*steadysocket\/js.*steadysocket\/slim/;

test("without WebAssembly, as in Lockdown Mode: the one works, the other says what does", async ({
  page,
  server,
}) => {
  await page.addInitScript(NO_WASM);
  await page.goto(`${server.origin}/healthz`);
  expect(await page.evaluate(() => "WebAssembly" in globalThis)).toBe(false);
  expect(await page.evaluate(`(${TRY})("/pkg/dist/js.js", "/echo")`)).toEqual(WORKS);
  expect(await page.evaluate(`(${TRY})("/pkg/dist/index.js", "/echo")`)).toMatch(HELP);
});

test("under script-src 'self': the one works, the other says what does", async ({ page }) => {
  const policy = "default-src 'none'; script-src 'self'; connect-src 'self'";
  const witness = await Witness.start({ "content-security-policy": policy });
  // A file of the page's own, since what a driver runs in the page may be spared its policy.
  const body = `
    const violations = [];
    const tell = ({ violatedDirective }) => violations.push(violatedDirective);
    addEventListener("securitypolicyviolation", tell);
    const attempt = ${TRY};
    const plain = await attempt("/pkg/dist/js.js", "/echo");
    removeEventListener("securitypolicyviolation", tell);
    globalThis.outcome = { plain, violations, core: await attempt("/pkg/dist/index.js", "/echo") };`;
  await page.route("**/own.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  try {
    await page.goto(witness.blank);
    await page.addScriptTag({ type: "module", url: "/own.js" });
    await page.waitForFunction(() => globalThis.outcome);
    const { plain, violations, core } = await page.evaluate(() => outcome);
    expect(plain).toEqual(WORKS);
    expect(violations).toEqual([]);
    expect(core).toMatch(HELP);
  } finally {
    await witness.kill();
  }
});

test("the strict class, without WebAssembly: websocket-js has the one core, websocket the other", async ({
  page,
  server,
}) => {
  await page.addInitScript(NO_WASM);
  await page.goto(`${server.origin}/healthz`);
  const seen = await page.evaluate(async () => {
    const { WebSocket } = await import("/pkg/dist/websocket-js.js");
    const { WebSocket: Other } = await import("/pkg/dist/websocket.js");
    const socket = new WebSocket("/echo");
    socket.onopen = () => socket.send("strict");
    const answer = await new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
    });
    socket.close();
    try {
      new Other("/echo");
    } catch ({ message }) {
      return { name: WebSocket.name, state: socket.state, answer, message };
    }
  });
  expect(seen).toEqual({
    name: "WebSocket",
    state: undefined,
    answer: "strict",
    message: expect.stringMatching(HELP),
  });
});

test("in a module worker without WebAssembly", async ({ page, server }) => {
  await page.goto(`${server.origin}/healthz`);
  const source = `${NO_WASM}
    (${TRY})("${server.origin}/pkg/dist/js.js", "${server.origin}/echo").then(postMessage);`;
  const answer = await page.evaluate((source) => {
    const blob = new Blob([source], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(blob), { type: "module" });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  }, source);
  expect(answer).toEqual(WORKS);
});

test("where a bundler puts it in the other's place, what imports that works without WebAssembly", async ({
  page,
  server,
}) => {
  const instead = {
    name: "alias",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^steadysocket$/ }, () => ({ path: `${ROOT}pkg/dist/js.js` })),
  };
  const contents = `export { steadySocket } from "./pkg/dist/svelte.js";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "bundle",
    conditions: ["browser"],
    plugins: [instead],
  });
  await page.addInitScript(NO_WASM);
  await page.goto(`${server.origin}/healthz`);
  await page.addScriptTag({ content: outputFiles[0].text });
  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const chat = bundle.steadySocket("/echo", { onMessage: ({ data }) => resolve(data) });
        chat.subscribe(() => {});
        chat.send("through an adapter");
      }),
  );
  expect(answer).toBe("through an adapter");
});
