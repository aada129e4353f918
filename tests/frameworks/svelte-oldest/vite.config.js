import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { configOf } from "../svelte/another.js";

export default defineConfig(configOf(import.meta.url, svelte()));
