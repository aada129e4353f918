import { steadySocket } from "steadysocket/svelte";

export const place = $state({ room: "a" });

export const moving = steadySocket(
  () => `${new URLSearchParams(location.search).get("server")}?room=${place.room}`,
);
