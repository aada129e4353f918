import { life } from "./life.mjs";
import { test } from "./support/fixtures.mjs";

life(test);
