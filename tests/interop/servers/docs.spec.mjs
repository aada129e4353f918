import { readFile } from "node:fs/promises";
import { expect, test } from "../fixtures.mjs";

test("the code for socket.io in the docs is the code tested here", { tag: "@short" }, async () => {
  const code = await readFile(new URL("socket-io.js", import.meta.url), "utf8");
  const page = await readFile(new URL("../../../docs/interop.md", import.meta.url), "utf8");
  expect(page).toContain(`\`\`\`js\n${code}\`\`\`\n`);
});
