import { find } from "../dom.ts";

const [WIDTH, HEIGHT, MARGIN] = [120, 32, 3];

/** Draws a course of up to `length` prices, the latest at the right, and the opening price as a line across. */
export function drawCourse(picture: Element, course: number[], opening: number, length: number): void {
  const low = Math.min(opening, ...course);
  const span = Math.max(opening, ...course) - low || 1;
  const y = (price: number) => (HEIGHT - MARGIN - ((price - low) / span) * (HEIGHT - 2 * MARGIN)).toFixed(1);
  const x = (index: number) => (((index + length - course.length) / (length - 1)) * WIDTH).toFixed(1);
  const line = find<SVGLineElement>("line", picture);
  line.setAttribute("y1", y(opening));
  line.setAttribute("y2", y(opening));
  const points = course.map((price, index) => `${x(index)},${y(price)}`);
  find<SVGPolylineElement>("polyline", picture).setAttribute("points", points.join(" "));
}
