import { Chat } from "quick-start";
import { useControl } from "../control.js";

export default function QuickStart() {
  const { room } = useControl({ room: "a" });
  return <Chat room={room} />;
}
