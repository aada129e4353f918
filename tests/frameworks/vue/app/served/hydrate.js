import { parameters } from "../parameters.js";
import { createPage } from "./page.js";

globalThis.port = parameters.get("port");
globalThis.served = [...document.querySelectorAll("p")];
const { app, pinia } = createPage();
pinia.state.value = JSON.parse(document.querySelector("[data-state]").dataset.state);
app.mount("#app");
