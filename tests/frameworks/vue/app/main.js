import { createApp } from "vue";
import { parameters } from "./parameters.js";

const scenes = import.meta.glob("./scenes/*.vue");
const { default: Scene, install } = await scenes[`./scenes/${parameters.get("scene")}.vue`]();
const app = createApp(Scene);
globalThis.errors = [];
app.config.errorHandler = (error) => errors.push(`${error.name}: ${error.message}`);
await install?.(app);
app.mount("#app");
