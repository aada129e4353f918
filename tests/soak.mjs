// Has lives lived for SOAK seconds (an hour), on all cores, and writes the figures into docs/testing.md.

import { spawnSync } from "node:child_process";
import { write } from "./figures.mjs";

const args = ["test", "--quiet", "--profile", "soak", "--test", "sim", "lives::"];
const seconds = process.env.SOAK ?? "3600";
const { status, stderr } = spawnSync("cargo", args, {
  env: { ...process.env, SOAK: seconds },
  encoding: "utf8",
  stdio: ["ignore", "inherit", "pipe"],
});
process.stderr.write(stderr);
const told = /lives (\d+), steps (\d+), checks (\d+), .*silence (\d+) \(alive 0\)/.exec(stderr);
if (status !== 0 || !told) process.exit(1);
const [lives, steps, checks, silences] = told.slice(1).map(Number);
const millions = (count) => `${Math.round(count / 1e6).toLocaleString("en")} million`;
write(
  "docs/testing.md",
  "soak",
  `\n${lives.toLocaleString("en")} lives in ${seconds} s, ${millions(steps)} steps, ${millions(checks)} checks; ` +
    `${silences.toLocaleString("en")} sockets were left for silence, none of which was alive.\n`,
);
