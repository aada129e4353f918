import { test as base } from "../fixtures.mjs";
import { RunningServer } from "../running-server.mjs";
import { COLUMNS } from "./columns.mjs";
import { ROWS } from "./rows.mjs";

const test = base.extend({
  row: [undefined, { option: true }],

  /** The row's server, for one test. */
  server: async ({ row }, use) => {
    const server = await RunningServer.start(row.command);
    await use(server);
    await server.kill();
  },
});

for (const row of ROWS) {
  test.describe(row.name, { tag: row.short ? ["@short"] : [] }, () => {
    test.use({ row });

    for (const title of row.only ?? Object.keys(COLUMNS)) {
      const { run, cell } = row.instead[title] ?? COLUMNS[title];
      test(title, async ({ openWith, row, server }, { annotations }) => {
        if (cell) annotations.push({ type: "cell", description: cell });
        const page = await openWith("/tests/interop/servers/visits.js");
        const { path, dialect, binary, abrupt } = row;
        await run({ page, server, row: { url: server.origin + path, dialect, binary, abrupt } });
      });
    }
  });
}
