import { defineStore } from "pinia";
import { useSteadySocket } from "steadysocket/vue";
import { at } from "../parameters.js";

export const useChatStore = defineStore("chat", () => useSteadySocket(at("store")));
