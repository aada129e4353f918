import { setTimeout as sleep } from "node:timers/promises";

/** Codes after which a session tries again. */
const CODES = [1001, 1011, 1012, 1013, 4000];
const DIRECTIONS = ["up", "down", "both"];

/**
 * What may happen to a page's connection, `[weight, name, run]`. `run` gets the path (a TcpProxy), `strike` (a fault of the
 * server on this client), the random draws and `wait`, which ends early when chaos does. It takes back what it did to
 * connections to come.
 */
const FAULTS = [
  [3, "reset", ({ path }) => path.reset()],
  [3, "end", ({ path }) => path.end()],
  [4, "swallow", ({ path, random }) => path.swallow(random.pick(DIRECTIONS))],
  [
    3,
    "hold",
    async ({ path, random, wait }) => {
      path.hold(random.pick(DIRECTIONS));
      await wait(random.between(50, 3000));
      path.release();
    },
  ],
  [
    2,
    "latency",
    async ({ path, random, wait }) => {
      const [ms, direction] = [random.between(20, 1500), random.pick(DIRECTIONS)];
      path.greet = (connection) => connection.delay(ms, direction);
      path.delay(ms, direction);
      await wait(random.between(500, 4000));
      path.greet = () => {};
      path.release();
    },
  ],
  [
    2,
    "throttle",
    async ({ path, random, wait }) => {
      path.throttle(random.between(2000, 200_000), random.pick(DIRECTIONS));
      await wait(random.between(500, 4000));
      path.release();
    },
  ],
  [
    2,
    "refused port",
    async ({ path, random, wait }) => {
      path.refuse();
      path.reset();
      await wait(random.between(100, 2500));
      await path.listen();
    },
  ],
  [
    2,
    "unanswered handshake",
    async ({ path, random, wait }) => {
      path.greet = (connection) => connection.swallow();
      if (random.fraction() < 0.5) path.reset();
      else path.swallow();
      await wait(random.between(100, 4000));
      path.greet = () => {};
    },
  ],
  [2, "close frame", ({ strike, random }) => strike("close", { code: random.pick(CODES), reason: "chaos" })],
  [1, "server drops", ({ strike }) => strike("drop")],
  [1, "server silent", ({ strike }) => strike("silent")],
  [1, "server stalls", ({ strike, random }) => strike("stall", { ms: random.between(100, 2500) })],
  [
    1,
    "server late",
    async ({ strike, random, wait }) => {
      strike("delay", { ms: random.between(50, 2000) });
      await wait(random.between(500, 3000));
      strike("clear");
    },
  ],
  [
    1,
    "server refuses",
    async ({ strike, random, wait }) => {
      strike("refuse", { mode: random.pick(["reject", "hang"]), ms: 600_000 });
      strike("drop");
      await wait(random.between(100, 3000));
      strike("clear");
    },
  ],
  [1, "restart", ({ strike, random }) => strike("restart", { ms: random.between(0, 1500) })],
];

/**
 * Strikes one client's path again and again, as `random` says, until `signal` aborts; then heals it. `note` is told
 * the name of each fault.
 */
export async function rage({ path, server, client, random, signal, note }) {
  const strike = (fault, parameters) => server.faults.apply({ client, fault, ...parameters });
  const wait = (ms) => sleep(ms, undefined, { signal }).catch(() => {});
  const choices = FAULTS.map(([weight, ...fault]) => [weight, fault]);
  while (!signal.aborted) {
    await wait(random.between(200, 3000));
    if (signal.aborted) break;
    const [name, run] = random.weighed(choices);
    note(name);
    await run({ path, strike, random, wait });
  }
  path.greet = () => {};
  path.release();
  strike("clear");
  await path.listen();
}
