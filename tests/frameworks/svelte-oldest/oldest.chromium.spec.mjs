import { life } from "../svelte/life.mjs";
import { testsWith } from "../svelte/support/another.mjs";
import { urls } from "../svelte/url.mjs";

const test = testsWith(import.meta.url);

life(test);
urls(test);
