import { expect } from "@playwright/test";

/** What becomes of a SteadySocket that reconnects by itself below a library that does so too. */
export const outcomes = {
  /** The library makes a new one and closes the old one before it comes back. */
  closed: {
    cell: "closed",
    async run(ours, path) {
      await breakOff(ours, path);
      await expect.poll(() => sessionsOf(ours)).toEqual(["closed", "open"]);
      await expect.poll(() => path.connections.size).toBe(1);
    },
  },

  /** The library makes a new one and leaves the old one alone, which comes back too. */
  doubled: {
    cell: "two connections",
    async run(ours, path) {
      await breakOff(ours, path);
      await expect.poll(() => sessionsOf(ours)).toEqual(["open", "open"]);
      expect(path.connections.size).toBe(2);
    },
  },

  /** The library takes it as its own when it comes back, but cannot end it in between. */
  taken: {
    cell: "comes back after the library's end",
    async run(ours, path) {
      await breakOff(ours, path);
      expect(await sessionsOf(ours)).toEqual(["open"]);
      path.refuse();
      path.reset();
      await ours.leaves(2);
      await ours.quit();
      await path.listen();
      await expect.poll(() => sessionsOf(ours)).toEqual(["open"]);
    },
  },
};

async function breakOff(ours, path) {
  await ours.begin("reconnecting");
  path.reset();
  await ours.leaves(1);
  await ours.comes(2);
}

function sessionsOf(ours) {
  return ours.evaluate(() => sessions());
}
