import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { life } from "../svelte/life.mjs";
import { Application } from "../svelte/support/application.mjs";
import { build } from "../svelte/support/build.mjs";
import { test as base } from "../svelte/support/fixtures.mjs";
import { urls } from "../svelte/url.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

const test = base.extend({
  application: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright's way
    async ({}, use) => {
      const place = await build(here);
      const application = await Application.serve(async ({ url }, response) => {
        const { pathname } = new URL(url, "http://localhost");
        const file = extname(pathname) ? pathname : "/index.html";
        response.setHeader("content-type", TYPES[extname(file)]);
        response.end(await readFile(join(place, file)));
      });
      await use(application);
      application.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

life(test);
urls(test);
