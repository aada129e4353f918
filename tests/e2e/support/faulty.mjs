import { TcpProxy } from "./proxy.mjs";
import { addScript, test as base } from "./test.mjs";

export { expect } from "@playwright/test";

/** What a busy machine may add to a time that the session promises, ms. */
export const TOLERANCE_MS = 700;

export const test = base.extend({
  /** What lies between the page and its server, to be broken: a proxy of the test's own before its demo server. The page itself is not loaded through it. */
  path: async ({ server }, use) => {
    const proxy = await TcpProxy.start(server.port);
    await use(proxy);
    await proxy.stop();
  },

  /** The address of the echo endpoint behind the proxy. */
  echo: async ({ path, client }, use) => {
    await use(`${path.origin}/echo?client=${client}`);
  },

  /** `blank`, and a talker in it: see talker.js. */
  talking: async ({ blank }, use) => {
    await addScript(blank, "talker.js");
    await use(blank);
  },
});
