import { test as base } from "@playwright/test";
import { Witness } from "../../../e2e/support/witness.mjs";
import { countSockets, expectSockets } from "../../support/census.mjs";
import { compiling, develop, PLAIN_JAVASCRIPT, produce, REACT_18 } from "./servers.mjs";

export { expect } from "@playwright/test";

const START = {
  development: develop,
  production: () => produce(),
  production18: () => produce({ alias: REACT_18 }),
  compiled: () => produce({ plugins: [compiling()] }),
  "in plain JavaScript": () => produce({ alias: PLAIN_JAVASCRIPT }),
};

export const test = base.extend({
  /** How the app is served: by Vite's development server, or as it is built, with other parts too. */
  mode: ["production", { option: true }],
  /** Whether React mounts every component twice, as it does in development only. */
  strict: [false, { option: true }],

  /** The servers of the app that were asked for, by mode. */
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use, { workerIndex }) => {
      const servers = new Map();
      await use((mode) => {
        if (!servers.has(mode)) servers.set(mode, START[mode](workerIndex));
        return servers.get(mode);
      });
      for (const server of servers.values()) await (await server).close();
    },
    { scope: "worker" },
  ],

  app: [async ({ servers, mode }, use) => use(await servers(mode)), { timeout: 180_000 }],

  /** The server of the scenes' sockets. */
  // biome-ignore lint/correctness/noEmptyPattern: as above
  witness: async ({}, use) => {
    const witness = await Witness.start();
    await use(witness);
    await witness.kill();
  },

  /** What the page complained of. */
  complaints: async ({ page }, use) => {
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await use(complaints);
  },

  /** Opens a scene. */
  open: async ({ page, app, witness, strict }, use) => {
    await countSockets(page);
    await use(async (scene, parameters = {}) => {
      const query = new URLSearchParams({
        scene,
        port: witness.port,
        ...(strict && { strict }),
        ...parameters,
      });
      await page.goto(`${app.origin}/?${query}`);
    });
  },

  /** Opens the scene with these chats. */
  openChats: async ({ open, page }, use) => {
    await use(async (chats) => {
      await open("chats", { chats: JSON.stringify(chats) });
      await page.waitForFunction(() => globalThis.sends?.one);
    });
  },

  /** Opens a page with what a server has rendered of it. */
  openRendered: async ({ page, app, witness }, use) => {
    await countSockets(page);
    await use(async (markup, parameters = {}) => {
      await app.serve(markup);
      await page.goto(`${app.origin}/rendered?${new URLSearchParams({ port: witness.port, ...parameters })}`);
    });
  },

  /** Changes what the scene's component is controlled by. */
  change: async ({ page }, use) => {
    await use((changes) => page.evaluate((changes) => change(changes), changes));
  },

  /** Passes when the page had exactly these sockets: see `expectSockets`. */
  sockets: async ({ page, witness }, use) => {
    await use((expected) => expectSockets(page, witness, expected));
  },
});

/** The ways to serve the app, with what `test.use` takes for each. */
export const MODES = Object.entries({
  "StrictMode, in development": { mode: "development", strict: true },
  production: { mode: "production", strict: false },
  "React 18.0, production": { mode: "production18", strict: false },
});
