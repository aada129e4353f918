/** Pages without a tool: what `npm install` brought is served as it is. */
export const plain = [
  page("ES module, import map", "index.html", { scripts: 4 }),
  page("module worker", "module-worker.html"),
  page("classic script", "classic.html", { scripts: 2 }),
  page("classic worker", "classic-worker.html"),
];

function page(done, file, expected) {
  return {
    tool: "no tool",
    done,
    project: "plain",
    files: ["echo", "page", "plain"],
    short: true,
    async check(trial) {
      await trial.page(await trial.project.serveFiles(), { path: `/${file}`, ...expected });
    },
  };
}
