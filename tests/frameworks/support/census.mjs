import { expect } from "@playwright/test";

/** Counts in a page the sockets that it makes, before any script of the page's own runs. */
export async function countSockets(page) {
  await page.addInitScript(() => {
    globalThis.made = [];
    globalThis.live = [];
    globalThis.PlainWebSocket = WebSocket;
    globalThis.WebSocket = class extends WebSocket {
      constructor(url, ...rest) {
        super(url, ...rest);
        made.push(String(url));
        live.push(this);
      }
    };
  });
}

/**
 * Passes when exactly these sockets were made by the page, opened and closed, as the witness saw it: `opened` are the
 * queries of their URLs, and `closed` queries with close codes, in any order.
 */
export async function expectSockets(page, witness, { opened, closed = [] }) {
  const expected = { made: opened.length, opened: [...opened].sort(), closed: [...closed].sort() };
  await expect.poll(() => tally(page, witness), { timeout: 30_000 }).toEqual(expected);
  // What is on its way to the server arrives before a socket that is made now.
  await fence(page, witness);
  expect(await tally(page, witness)).toEqual(expected);
}

async function tally(page, witness) {
  const made = await page.evaluate(
    (port) => made.filter((url) => url.includes(`:${port}/`)).length,
    witness.port,
  );
  const opens = witness.of("open").filter(({ query }) => query !== "fence");
  const queries = new Map(opens.map(({ socket, query }) => [socket, query]));
  const closes = witness.of("close").filter(({ socket }) => queries.has(socket));
  return {
    made,
    opened: opens.map(({ query }) => query).sort(),
    closed: closes.map(({ socket, code }) => `${queries.get(socket)} ${code}`).sort(),
  };
}

async function fence(page, witness) {
  await page.evaluate(async (url) => {
    const socket = new PlainWebSocket(url);
    await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
    socket.close();
  }, `ws://localhost:${witness.port}/echo?fence`);
}
