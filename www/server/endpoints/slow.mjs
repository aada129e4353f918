import { quantity } from "./quantity.mjs";

const MIB = 1024 * 1024;

/**
 * Reads, and drops, only `rate` bytes a second, after reading nothing for `hold` ms. It stops reading the
 * TCP connection in between, so the client meets real backpressure. Reports each MiB as `{ received }`;
 * a text that starts with `{"type":"total"}` asks for the same report.
 */
export function slow(ws, query) {
  const rate = quantity(query, "rate", { fallback: MIB, min: 1, max: 1024 * MIB });
  const hold = quantity(query, "hold", { fallback: 0, min: 0, max: 600_000 });
  let received = 0;
  let reported = 0;
  let readableAt = performance.now() + hold;
  let timer;

  ws.on("close", () => clearTimeout(timer));
  rest();

  return (data, isBinary) => {
    received += data.length;
    readableAt = Math.max(readableAt, performance.now()) + (data.length / rate) * 1000;
    const wanted = !isBinary && data.subarray(0, 16).toString() === '{"type":"total"}';
    if (wanted || received - reported >= MIB) {
      reported = received - (received % MIB);
      ws.send(JSON.stringify({ received }));
    }
    rest();
  };

  function rest() {
    const ms = readableAt - performance.now();
    // Timers are no finer than a millisecond: the debt of small messages adds up until it is worth one.
    if (ms < 1) return;
    ws.pause();
    clearTimeout(timer);
    timer = setTimeout(() => ws.resume(), ms);
  }
}
