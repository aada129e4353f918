const INTERVAL_MS = 100;
const MAX_BACKLOG_BYTES = 64 * 1024;
const OPENING_PRICES = { AMBR: 42.1, BOLT: 118.75, CRUX: 9.84, DUNE: 261.3, ECHO: 73.02, FLUX: 15.6 };

/**
 * Prices of made-up symbols, pushed ten times a second for as long as anybody listens:
 *   ← { type: "prices", at, prices, opening? }   `opening`, what each began with, comes with the first
 */
export function createTicker() {
  const prices = { ...OPENING_PRICES };
  const listeners = new Set();
  let timer;

  return function ticker(ws) {
    ws.send(report({ opening: OPENING_PRICES }));
    listeners.add(ws);
    timer ??= setInterval(tick, INTERVAL_MS);
    ws.on("close", () => {
      listeners.delete(ws);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    });
  };

  function tick() {
    for (const symbol of Object.keys(prices)) prices[symbol] = step(prices[symbol], OPENING_PRICES[symbol]);
    const text = report();
    for (const ws of listeners) {
      // A price is stale when the next one comes: who does not keep up skips some.
      if (ws.bufferedAmount < MAX_BACKLOG_BYTES) ws.send(text);
    }
  }

  function report(more) {
    return JSON.stringify({ type: "prices", at: Date.now(), prices, ...more });
  }
}

/** A random walk, drawn back gently so that a demo of many hours stays plausible. */
function step(price, opening) {
  const shock = (Math.random() - 0.5) * 0.002 * price;
  const pull = (opening - price) * 0.001;
  return Math.round((price + shock + pull) * 100) / 100;
}
