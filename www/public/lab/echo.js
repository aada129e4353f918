import { element, part, prependBounded } from "./dom.js";
import { formatBytes, formatTime } from "./format.js";

const MAX_ECHOES = 50;

/** Sends texts and files over `session` and lists what comes back. */
export function startEcho(session) {
  const output = part("echo-output");

  part("message-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = part("message-input");
    session.send(input.value);
    add("sent", `→ ${input.value}`, { kind: "text", size: input.value.length });
    input.value = "";
  });

  part("file-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const [file] = part("file-input").files;
    session.send(file);
    add("sent", `→ ${file.name}, ${formatBytes(file.size)}`, { kind: "file", size: file.size });
  });

  const binaryType = part("binary-type");
  binaryType.value = session.binaryType;
  binaryType.addEventListener("change", () => {
    session.binaryType = binaryType.value;
  });

  session.addEventListener("message", ({ data }) => {
    if (typeof data === "string") return add("received", `← ${data}`, { kind: "text", size: data.length });
    const [kind, size] = data instanceof Blob ? ["Blob", data.size] : ["ArrayBuffer", data.byteLength];
    add("received", `← ${kind}, ${formatBytes(size)}`, { kind: kind.toLowerCase(), size });
  });

  function add(direction, text, { kind, size }) {
    const time = element("time", { text: formatTime() });
    const item = element("li", { data: { direction, kind, size } }, time, element("span", { text }));
    prependBounded(output, item, MAX_ECHOES);
  }
}
