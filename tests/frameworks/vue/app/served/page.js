import { createPinia, defineStore } from "pinia";
import { useSteadySocket } from "steadysocket/vue";
import { createSSRApp, defineComponent, h, Suspense } from "vue";

const useStore = defineStore("chat", () => useSteadySocket(address("store")));

const Own = defineComponent(() => {
  const { state, socket, lastMessage, send } = useSteadySocket(() => address("own"));
  send("from setup");
  const text = () => `${state.value}${socket.value ? " socket" : ""} ${lastMessage.value?.data ?? ""}`.trim();
  return () => h("p", { "data-testid": "own" }, text());
});

const Stored = defineComponent(() => {
  const store = useStore();
  return () => h("p", { "data-testid": "store" }, store.state);
});

const Late = defineComponent({
  async setup() {
    const { state } = useSteadySocket(address("late"));
    await null;
    return () => h("p", { "data-testid": "late" }, state.value);
  },
});

/** The same page on a server and in a browser. */
export function createPage() {
  const app = createSSRApp(() => [h(Own), h(Stored), h(Suspense, null, { default: () => h(Late) })]);
  const pinia = createPinia();
  app.use(pinia);
  return { app, pinia };
}

function address(name) {
  return `ws://localhost:${globalThis.port}/echo?${name}`;
}
