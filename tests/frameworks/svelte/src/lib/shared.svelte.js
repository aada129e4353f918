import { steadySocket } from "steadysocket/svelte";

export const heard = $state([]);

export const shared = steadySocket(
  async () => `${new URLSearchParams(location.search).get("server")}?shared`,
  { onMessage: ({ data }) => heard.push(data) },
);
