import { test } from "./support/fixtures.mjs";
import { urls } from "./url.mjs";

urls(test);
