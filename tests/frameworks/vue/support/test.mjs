import { test as base } from "@playwright/test";
import { Witness } from "../../../e2e/support/witness.mjs";
import { countSockets, expectSockets } from "../../support/census.mjs";
import { develop, OLDEST, produce } from "./servers.mjs";

export { expect } from "@playwright/test";

const START = { development: develop, production: () => produce(), oldest: () => produce(OLDEST) };

export const test = base.extend({
  /** How the app is served: by Vite's development server, or as it is built, with the oldest Vue too. */
  mode: ["production", { option: true }],

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

  /** Opens a scene, with what controls it, at an address of its own router. */
  open: async ({ page, app, witness }, use) => {
    await countSockets(page);
    await use(async (scene, control = {}, parameters = {}, hash = "") => {
      const query = new URLSearchParams({
        scene,
        port: witness.port,
        control: JSON.stringify(control),
        ...parameters,
      });
      await page.goto(`${app.origin}/?${query}${hash}`);
    });
  },

  /** Opens a page with what a server has rendered of it, and the script that brings it to life. */
  openRendered: async ({ page, app, witness }, use) => {
    await countSockets(page);
    await use(async (markup, script) => {
      await app.serve(markup, script);
      await page.goto(`${app.origin}/rendered?${new URLSearchParams({ port: witness.port })}`);
    });
  },

  /** Changes what the scene is controlled by. */
  change: async ({ page }, use) => {
    await use((changes) =>
      page.evaluate((changes) => {
        Object.assign(control, changes);
      }, changes),
    );
  },

  /** Calls a member of what a component has of its session. */
  call: async ({ page }, use) => {
    await use((name, member, ...args) =>
      page.evaluate(
        ([name, member, args]) => {
          chats[name][member](...args);
        },
        [name, member, args],
      ),
    );
  },

  /** Passes when the page had exactly these sockets: see `expectSockets`. */
  sockets: async ({ page, witness }, use) => {
    await use((expected) => expectSockets(page, witness, expected));
  },
});

/** The ways to serve the app, with what `test.use` takes for each. */
export const MODES = Object.entries({
  production: { mode: "production" },
  "Vue 3.3.0 and Vue Router 4.0.3": { mode: "oldest" },
});
