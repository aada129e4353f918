import { expect, test } from "./support/fixtures.mjs";

const CASES = ["Runes", "Store", "Both", "Silent", "SendFirst", "Shared", "Followed", "Derived", "Provider"];

test.describe("on a server", () => {
  for (const [where, present] of [
    ["without a WebSocket", undefined],
    ["with a WebSocket", class {}],
  ]) {
    test(`${where}, pages are rendered, and nothing connects`, async ({ application, witness }) => {
      const original = globalThis.WebSocket;
      let constructed = 0;
      globalThis.WebSocket =
        present &&
        class {
          constructor() {
            constructed++;
          }
        };
      try {
        for (const path of [...CASES.map((name) => `/case/${name}`), "/one", "/rooms/a"]) {
          const answer = await fetch(
            `${application.origin}${path}?server=ws://localhost:${witness.port}/echo`,
          );
          expect(answer.status, path).toBe(200);
          const html = await answer.text();
          expect(html, path).toContain("<!--[");
          if (html.includes('id="state"')) expect(html, path).toMatch(/<p id="state">(<!---->)?idle/);
        }
      } finally {
        globalThis.WebSocket = original;
      }
      expect(constructed).toBe(0);
      expect(witness.of("open")).toEqual([]);
    });
  }
});
