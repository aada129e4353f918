import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../support/build.mjs";
import { filesOf } from "../support/files.mjs";
import { testsOf } from "../support/fixtures.mjs";
import { life } from "../svelte/life.mjs";
import { urls } from "../svelte/url.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

const test = testsOf(async () => {
  const place = await build(here);
  const page = await readFile(join(place, "index.html"));
  return filesOf(place, (_, response) => response.setHeader("content-type", "text/html").end(page));
});

life(test);
urls(test);
