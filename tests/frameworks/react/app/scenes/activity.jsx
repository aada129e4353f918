import { Activity } from "react";
import { Chat } from "../chat.jsx";
import { useControl } from "../control.js";
import { at } from "../parameters.js";

export default function Hiding() {
  const { mode } = useControl({ mode: "hidden" });
  return (
    <Activity mode={mode}>
      <Chat name="one" url={at("a")} />
    </Activity>
  );
}
