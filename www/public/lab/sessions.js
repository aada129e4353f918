import { SteadySocket } from "/pkg/dist/index.js";

const ADJECTIVES = ["Brisk", "Calm", "Deft", "Eager", "Gentle", "Keen", "Lucid", "Merry", "Quiet", "Steady"];
const ANIMALS = ["Badger", "Crane", "Finch", "Heron", "Lynx", "Marten", "Otter", "Plover", "Tern", "Wren"];

const query = new URLSearchParams(location.search);

/** Names this page to the server: a fault hits all the sessions of one client. */
export const client = query.get("client") || Math.random().toString(36).slice(2, 8);
export const name = query.get("name") || `${anyOf(ADJECTIVES)} ${anyOf(ANIMALS)}`;

/** More impatient than a production page should be: here somebody is watching. */
const LAB = {
  heartbeat: { message: "ping", reply: "pong", interval: 2000, timeout: 1000 },
  backoff: { min: 500, max: 5000 },
  connectTimeout: 4000,
};

export const HIGH_WATER_MARK = 1024 * 1024;
export const LOW_WATER_MARK = 256 * 1024;
export const QUEUE = { maxMessages: 1024, maxBytes: 8 * 1024 * 1024 };
export const FLOOD_QUEUE = { maxMessages: 2048, maxBytes: 64 * 1024 * 1024 };

const backpressure = { highWaterMark: HIGH_WATER_MARK, lowWaterMark: LOW_WATER_MARK };

export const echo = new SteadySocket(address("/echo"), [], { ...LAB, queue: QUEUE, backpressure });

/** No queue: the chat knows what was acknowledged, so it keeps what was not, in order, by itself. */
export const chat = new SteadySocket(address("/chat", { name }), [], { ...LAB, queue: false });

export const ticker = new SteadySocket(address("/ticker"), [], LAB);

/** No heartbeat: a server that reads slowly reads the heartbeat slowly, too. */
export function openFlood(bytesPerSecond) {
  const options = { backoff: LAB.backoff, queue: FLOOD_QUEUE, backpressure };
  return new SteadySocket(address("/slow", { rate: bytesPerSecond }), [], options);
}

function address(path, parameters = {}) {
  return `${path}?${new URLSearchParams({ client, ...parameters })}`;
}

function anyOf(choices) {
  return choices[Math.floor(Math.random() * choices.length)];
}
