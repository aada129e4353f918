import { readFileSync } from "node:fs";

/** The defaults of the options that are numbers, by paths such as `backoff.min`, as src/core/config.rs has them. */
export function readCoreDefaults() {
  const text = readFileSync(new URL("../../src/core/config.rs", import.meta.url), "utf8");
  const [, list] = /const NUMBERS[^=]*= \[([\s\S]*?)^\];/m.exec(text);
  const paths = [...list.matchAll(/\("([\w.]+)"/g)].map(([, path]) => path);
  const fields = [...text.matchAll(/\d+ => &mut self\.(?:\w+\.as_mut\(\)\?\.)?(\w+),/g)].map(
    ([, field]) => field,
  );
  if (paths.length === 0 || paths.length !== fields.length) throw new Error("config.rs is not as expected");
  return new Map(paths.map((path, index) => [path, defaultOf(fields[index], text)]));
}

function defaultOf(field, text) {
  const [, expression] = new RegExp(`\\b${field}: (f64::INFINITY|[\\d_.]+(?: \\* [\\d_.]+)*)`).exec(text);
  const factors = expression.split(" * ").map((factor) => Number(factor.replaceAll("_", "")));
  return expression === "f64::INFINITY" ? Number.POSITIVE_INFINITY : factors.reduce((a, b) => a * b);
}
