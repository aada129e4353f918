import { SteadySocket } from "steadysocket";
import { retryAfter } from "steadysocket/retry-after";

const url = new URLSearchParams(location.search).get("echo") ?? "";
const socket = new SteadySocket(url, [], { binaryType: "arraybuffer", retry: retryAfter() });

function answer(): Promise<unknown> {
  return new Promise((resolve) => {
    socket.addEventListener("message", ({ data }) => resolve(data), { once: true });
  });
}

socket.send("a text");
const text = await answer();
socket.send(new Uint8Array([0, 127, 255]));
const bytes = new Uint8Array((await answer()) as ArrayBuffer);
socket.close();
(document.querySelector("output") as HTMLOutputElement).textContent = `${text} ${bytes}`;
