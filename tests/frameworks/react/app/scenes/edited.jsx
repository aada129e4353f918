import { useState } from "react";
import { Chat } from "../chat.jsx";
import { at } from "../parameters.js";

export default function Edited() {
  const [count, setCount] = useState(0);
  return (
    <>
      <button type="button" onClick={() => setCount(count + 1)}>
        {count}
      </button>
      <h1>before</h1>
      <Chat name="one" url={at("a")} />
      <Chat name="own" url={at("b")} share={false} />
      <Chat name="asked" url={() => at("c")} />
    </>
  );
}
