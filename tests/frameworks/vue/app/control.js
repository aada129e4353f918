import { reactive } from "vue";
import { parameters } from "./parameters.js";

/** What the test sets, by `control` in the page. */
export const control = reactive(JSON.parse(parameters.get("control") ?? "{}"));
globalThis.control = control;

/** What scenes hand to the test, by name. */
globalThis.chats = {};
globalThis.heard = [];
globalThis.states = [];
globalThis.updates = {};
