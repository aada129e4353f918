import { expect, test } from "@playwright/test";
import { Browser } from "../support/webdriver.mjs";
import { Witness } from "../support/witness.mjs";

/** What Lockdown Mode takes from a page: WebAssembly, and the compiler of JavaScript. */
const LOCKDOWN = { environment: { JSC_useWasm: "0", JSC_useJIT: "0" } };

test("under what Lockdown Mode switches off: connects, hears a heartbeat, comes back", async () => {
  const witness = await Witness.start();
  const browser = await Browser.start("webkit", LOCKDOWN);
  try {
    await browser.open(witness.blank);
    const seen = await browser.run(async () => {
      const next = (session, type) =>
        new Promise((resolve) => session.addEventListener(type, resolve, { once: true }));
      const { SteadySocket: Core } = await import("/pkg/dist/index.js");
      const { SteadySocket } = await import("/pkg/dist/js.js");
      let refusal;
      try {
        new Core("/echo");
      } catch ({ message }) {
        refusal = message;
      }
      const heartbeat = { message: "ping", reply: "pong", interval: 50 };
      const session = new SteadySocket("/echo", [], { heartbeat });
      await next(session, "latency");
      session.reconnect();
      session.send("sent meanwhile");
      const { data } = await next(session, "message");
      return { refusal, data, opened: session.stats().opened, has: "WebAssembly" in globalThis };
    });
    expect(seen).toMatchObject({ data: "sent meanwhile", opened: 2, has: false });
    expect(seen.refusal).toContain("steadysocket/js");
  } finally {
    await browser.end();
    await witness.kill();
  }
});
