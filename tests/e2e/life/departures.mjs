/** What a page has when it is left. */
export const LUGGAGE = ["nothing", "a session", "a session whose server answers nothing"];

/**
 * How long it takes from leaving a page until the next one is loaded, `took`, and how much of that is the page's `unload`, both in
 * ms: the medians of `rounds` departures with each kind of luggage, taken in turns.
 */
export async function departures(world, rounds) {
  const seen = LUGGAGE.map((luggage) => ({ luggage, all: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { luggage, all } of seen) all.push(await depart(world, luggage));
  }
  return seen.map(({ luggage, all }) => ({
    luggage,
    took: median(all.map(({ took }) => took)),
    unload: median(all.map(({ unload }) => unload)),
  }));
}

async function depart(world, luggage) {
  if (luggage === "nothing") await world.open();
  else await world.begin({});
  if (luggage.endsWith("nothing")) world.witness.silence();
  await world.browser.run(() => {
    localStorage.left = performance.timeOrigin + performance.now();
    // Not within the driver's call, which a navigation would end.
    setTimeout(() => location.assign("/page?next"));
  });
  return world.browser.arrive("?next", () => {
    const [{ loadEventEnd, unloadEventStart, unloadEventEnd }] = performance.getEntriesByType("navigation");
    if (!loadEventEnd) return null;
    return {
      took: performance.timeOrigin + loadEventEnd - Number(localStorage.left),
      unload: unloadEventEnd - unloadEventStart,
    };
  });
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
