import { test as base, expect } from "@playwright/test";
import { TcpProxy } from "../../e2e/support/proxy.mjs";
import { RunningServer } from "../running-server.mjs";
import { Member } from "./member.mjs";
import { commandOf } from "./rows.mjs";
import { Site } from "./site.mjs";

export { expect };

export const test = base.extend({
  /** The row of the library. */
  row: [undefined, { option: true }],

  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const site = await Site.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],

  /** The library's server. */
  server: async ({ row }, use) => {
    const server = await RunningServer.start((port) => commandOf(row, port));
    await use(server);
    await server.kill();
  },

  /** The way of the one under test to the server; its living connections are those that the server has of it. */
  path: async ({ server }, use) => {
    const path = await TcpProxy.start(server.port);
    await use(path);
    await path.stop();
  },

  /** The library under test. */
  ours: async ({ page, site, row, path }, use) => {
    await use(new Member(page, site.origin, row.name, path.origin));
  },

  /** The same library in another page, over the browser's own WebSocket and straight to the server. */
  other: async ({ context, site, row, server }, use) => {
    const member = new Member(await context.newPage(), site.origin, row.name, server.origin);
    await member.begin("native");
    await use(member);
  },
});
