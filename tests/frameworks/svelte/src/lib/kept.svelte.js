import { steadySocket } from "steadysocket/svelte";

export const kept = steadySocket(() => `${new URLSearchParams(location.search).get("server")}?kept`, {
  backoff: { min: 1, max: 50 },
});
