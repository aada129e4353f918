import { type FormEvent, useState } from "react";
import { ChatRoom } from "./ChatRoom.tsx";

export function App() {
  const [name, setName] = useState("");
  const [joined, setJoined] = useState(false);

  function join(event: FormEvent) {
    event.preventDefault();
    setJoined(true);
  }

  if (joined) return <ChatRoom name={name} onLeave={() => setJoined(false)} />;
  return (
    <form className="join" onSubmit={join}>
      <label>
        Your name
        <input value={name} onChange={(event) => setName(event.target.value)} maxLength={32} required />
      </label>
      <button type="submit">Join</button>
    </form>
  );
}
