import { expect, test } from "../support/test.mjs";
import { Witness } from "../support/witness.mjs";

test("a strict content security policy needs 'wasm-unsafe-eval', where to connect to, and nothing else", async ({
  page,
}) => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  const server = await Witness.start({ "content-security-policy": policy });
  await page.goto(server.blank);
  const outcome = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    );
    const { SteadySocket } = await import("/pkg/dist/index.js");
    const heartbeat = { message: "ping", reply: "pong", interval: 100, timeout: 20_000 };
    const session = new SteadySocket("/echo", [], { heartbeat });
    const next = (type) => new Promise((resolve) => session.addEventListener(type, resolve, { once: true }));
    session.send("allowed");
    const { data } = await next("message");
    await next("latency");
    return { data, violations };
  });
  expect(outcome).toEqual({ data: "allowed", violations: [] });
  await server.kill();
});
