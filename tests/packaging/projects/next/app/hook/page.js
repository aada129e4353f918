import { Chat } from "./chat.js";

export default function Page() {
  return (
    <main>
      <Chat />
    </main>
  );
}
