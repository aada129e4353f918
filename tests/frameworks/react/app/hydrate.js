import { createElement, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { at, parameters } from "./parameters.js";
import { lateChat, Page } from "./server/page.js";

const ready = new Promise((resolve) => {
  globalThis.codeComes = resolve;
});
const props = { url: at("a"), ...(parameters.has("late") && { late: lateChat(ready) }) };
hydrateRoot(document.getElementById("root"), createElement(StrictMode, {}, createElement(Page, props)), {
  onRecoverableError: (error) => console.error("hydration:", error),
});
