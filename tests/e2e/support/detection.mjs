import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** detection.page.js with all it needs, as the text of one classic script: `detection` is there once it ran. */
export async function detectionScript() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("detection.page.js", import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
  });
  return outputFiles[0].text;
}

/**
 * What became of the clients of each name when the path was swallowed at `struck`: how many, how long until each
 * noticed, and how long until each of those was back.
 */
export function outcomes(trials, struck) {
  const names = [...new Set(trials.map(({ name }) => name))];
  return names.map((name) => {
    const group = trials.filter((trial) => trial.name === name);
    const noticed = group
      .map(({ closes, opens }) => ({ left: closes.find((at) => at >= struck), opens }))
      .filter(({ left }) => left !== undefined);
    const lefts = noticed.map(({ left }) => left - struck);
    const backs = noticed
      .map(({ left, opens }) => opens.find((at) => at >= left))
      .filter((at) => at !== undefined)
      .map((at) => at - struck);
    return { name, count: group.length, lefts: lefts.sort(ascending), backs: backs.sort(ascending) };
  });
}

/** One line of the table: `| name | noticed | median | p95 | max | back |`, times since the path went silent. */
export function row({ name, count, lefts, backs }, watched) {
  const of = `${lefts.length} of ${count}`;
  if (lefts.length === 0) return `| ${name} | ${of} | not within ${seconds(watched)} | – | – | – |`;
  const times = [rank(lefts, 0.5), rank(lefts, 0.95), lefts.at(-1), backs.at(-1)];
  return `| ${name} | ${of} | ${times.map(seconds).join(" | ")} |`;
}

export const HEAD = `| client | noticed | median | p95 | max | all back after |
| --- | ---: | ---: | ---: | ---: | ---: |`;

/** The smallest value that `share` of the values do not exceed. */
function rank(sorted, share) {
  return sorted[Math.ceil(share * sorted.length) - 1];
}

function ascending(a, b) {
  return a - b;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 60_000 ? 2 : 0)} s`;
}
