// Vite and React's Fast Refresh: what a developer's edits cost.

import { expect, test } from "./support/test.mjs";

const FILE = "scenes/edited.jsx";

for (const strict of [false, true]) {
  test.describe(strict ? "StrictMode" : "without StrictMode", () => {
    test.use({ mode: "development", strict });

    test.beforeEach(async ({ open, page }) => {
      await open("edited");
      for (const name of ["one", "own", "asked"]) await expect(page.getByTestId(name)).toHaveText("open");
      await page.getByRole("button").click();
      await expect(page.getByRole("button")).toHaveText("1");
    });
    test.afterEach(({ app }) => app.restore());

    test("an edit keeps the component's state and its sockets", async ({ app, page, sockets }) => {
      app.edit(FILE, (code) => code.replace("before", "after"));
      await expect(page.getByRole("heading")).toHaveText("after");
      await expect(page.getByRole("button")).toHaveText("1");
      await sockets({ opened: ["a", "b", "c"] });
    });

    test("an edit of the component that has the sessions keeps them", async ({ app, page, sockets }) => {
      app.edit("chat.jsx", (code) => code.replace("{session.state}", "edited: {session.state}"));
      for (const name of ["one", "own", "asked"])
        await expect(page.getByTestId(name)).toHaveText("edited: open");
      await expect(page.getByRole("button")).toHaveText("1");
      await sockets({ opened: ["a", "b", "c"] });
    });

    test("other hooks mount it anew: what is shared stays, what is its own begins anew", async ({
      app,
      page,
      sockets,
    }) => {
      app.edit("chat.jsx", (code) =>
        code
          .replace("import", 'import { useState } from "react";\nimport')
          .replace("const session", 'const [word] = useState("edited");\n  const session')
          .replace("{session.state}", "{word}: {session.state}"),
      );
      for (const name of ["one", "own", "asked"])
        await expect(page.getByTestId(name)).toHaveText("edited: open");
      await sockets({ opened: ["a", "b", "c", "b", "c"], closed: ["b 1000", "c 1000"] });
    });
  });
}
