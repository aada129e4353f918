import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../support/build.mjs";
import { filesOf } from "../../support/files.mjs";
import { testsOf } from "../../support/fixtures.mjs";

/** Tests in the page that shows the cases with the Svelte of another folder. */
export function testsWith(folder) {
  return testsOf(async () => {
    const place = await build(fileURLToPath(new URL(".", folder)));
    const page = await readFile(join(place, "index.html"));
    return filesOf(place, (_, response) => response.setHeader("content-type", "text/html").end(page));
  });
}
