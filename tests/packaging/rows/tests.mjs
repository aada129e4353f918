import { of } from "./versions.mjs";

/** A user's tests. */
export const tests = [
  ...["node", "jsdom", "happy-dom"].map((environment) => ({
    tool: "Vitest",
    done: `\`${environment}\``,
    version: of("vitest"),
    project: "vitest",
    files: ["echo", "vitest"],
    short: true,
    async check(trial) {
      await trial.test(`vitest run src/${environment}.test.js`);
    },
  })),
  ...["node", "jsdom"].map((environment) => ({
    tool: "Jest",
    done: `\`${environment}\`, CommonJS`,
    version: of("jest"),
    project: "jest",
    async check(trial) {
      await trial.test(`jest ${environment}.test.js`);
    },
  })),
];
