import { testsWith } from "../svelte/support/another.mjs";
import { urls } from "../svelte/url.mjs";

// Whose effects live how long has changed more than once between the oldest and the newest.
urls(testsWith(import.meta.url));
