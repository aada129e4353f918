import { Chat } from "../chat-of-the-page.tsx";
import { useControl } from "../control.js";

export default function QuickStart() {
  const { room } = useControl({ room: "a" });
  return <Chat room={room} />;
}
