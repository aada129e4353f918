import { steadySocket } from "steadysocket/svelte";

export const invalid = steadySocket("ftp://example.com");
