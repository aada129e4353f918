"use client";

import { useEffect, useState } from "react";
import { useSteadySocket } from "steadysocket/react";

export function Chat() {
  const [heard, setHeard] = useState([]);
  const { state, send } = useSteadySocket(() => new URLSearchParams(location.search).get("echo"), {
    binaryType: "arraybuffer",
    onMessage({ data }) {
      const text = typeof data === "string" ? data : String(new Uint8Array(data));
      setHeard((heard) => [...heard, text]);
    },
  });
  useEffect(() => {
    send("a text");
    send(new Uint8Array([0, 127, 255]));
  }, [send]);
  return (
    <>
      <p>{state}</p>
      <output>{heard.length === 2 && heard.join(" ")}</output>
    </>
  );
}
