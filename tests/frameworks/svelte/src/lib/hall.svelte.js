import { steadySocket } from "steadysocket/svelte";
import { page } from "$app/state";

export const hall = steadySocket(
  () => `${new URLSearchParams(location.search).get("server")}?room=${page.params.room}`,
);
