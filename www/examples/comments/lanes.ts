/** A comment on its way over the stage. */
export interface Flight {
  text: string;
  own: boolean;
  /** In pixels, as everything here. */
  width: number;
  /** Of its left edge, from the stage's. */
  x: number;
}

/** Comments one behind the other. All in a lane are equally fast, so that none ever reaches another. */
export interface Lane {
  /** Of the lanes' common speed. */
  pace: number;
  /** The first one in front. */
  flights: Flight[];
}

/** What is free between two comments in a lane. */
export const GAP = 22;

/** As many lanes as asked for; those that were there go on. */
export function fitLanes(lanes: Lane[], count: number): Lane[] {
  const more = Array.from({ length: count }, (_, index) => ({ pace: pace(index), flights: [] }));
  return [...lanes, ...more.slice(lanes.length)].slice(0, count);
}

/** Puts a comment at the right edge of a lane that has room for it; false when none has. */
export function enter(
  lanes: Lane[],
  comment: Omit<Flight, "x">,
  stage: number,
  random = Math.random,
): boolean {
  const free = lanes.filter(({ flights }) => {
    const last = flights.at(-1);
    return !last || last.x + last.width + GAP <= stage;
  });
  free[Math.floor(random() * free.length)]?.flights.push({ ...comment, x: stage });
  return free.length > 0;
}

/** Moves all comments on, and takes away those that have left the stage. */
export function advance(lanes: Lane[], distance: number): void {
  for (const lane of lanes) {
    for (const flight of lane.flights) flight.x -= distance * lane.pace;
    lane.flights = lane.flights.filter(({ x, width }) => x + width > 0);
  }
}

/** From 0.8 to 1.2, neighbours well apart. */
function pace(index: number): number {
  return 0.8 + 0.4 * ((index * 0.618) % 1);
}
