import { Chat } from "../chat.jsx";

/** A socket that has a thousand messages in one task, as a browser that was busy may have. */
class Bursting extends EventTarget {
  readyState = 0;
  bufferedAmount = 0;
  protocol = "";
  extensions = "";
  binaryType = "blob";

  constructor() {
    super();
    globalThis.burst = () => {
      for (let i = 0; i < 1000; i++) this.onmessage(new MessageEvent("message", { data: String(i) }));
    };
    setTimeout(() => {
      this.readyState = 1;
      this.onopen(new Event("open"));
    });
  }

  send() {}

  close() {
    this.readyState = 3;
  }
}

export default function Burst() {
  return (
    <>
      <Chat name="one" url="ws://localhost/" WebSocket={Bursting} />
      <Chat name="two" url="ws://localhost/" reads />
    </>
  );
}
