import { bundlers } from "./bundlers.mjs";
import { frameworks } from "./frameworks.mjs";
import { plain } from "./plain.mjs";
import { runtimes } from "./runtimes.mjs";
import { shaking } from "./shaking.mjs";
import { tests } from "./tests.mjs";

/** What is tried, in the table's order. */
export const rows = [...plain, ...bundlers, ...frameworks, ...runtimes, ...tests, ...shaking];
