import { copyOf, find } from "../dom.ts";
import { drawCourse } from "./course.ts";

/** A price that changes more often than this, ms, can neither be read nor flash pleasantly. */
const REST = { least: 400, most: 1200 };
const COURSE_LENGTH = 60;

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** One symbol's row of the table. */
export class Row {
  readonly element = copyOf("#row");
  opening = 0;
  #shown: number | undefined;
  #restsUntil = 0;
  readonly #course: number[] = [];

  constructor(symbol: string) {
    this.element.dataset.symbol = symbol;
    this.#cell("th").textContent = symbol;
  }

  /** Shows the price unless another was shown just now: then a later one will be. */
  offer(price: number): void {
    if (performance.now() >= this.#restsUntil) this.show(price);
  }

  show(price: number): void {
    if (price === this.#shown) return;
    if (this.#shown !== undefined) this.#flash(price > this.#shown);
    this.#shown = price;
    this.#restsUntil = performance.now() + REST.least + Math.random() * (REST.most - REST.least);
    this.#course.push(price);
    if (this.#course.length > COURSE_LENGTH) this.#course.shift();
    const difference = price - this.opening;
    this.element.dataset.trend = difference < 0 ? "down" : "up";
    this.#cell(".price").textContent = price.toFixed(2);
    this.#cell(".difference").textContent = signed(difference);
    this.#cell(".percent").textContent = signed((difference / this.opening) * 100);
    drawCourse(this.#cell("svg"), this.#course, this.opening, COURSE_LENGTH);
  }

  #flash(rises: boolean): void {
    const cell = this.#cell(".price");
    cell.dataset.move = rises ? "up" : "down";
    if (calm.matches) return;
    const colour = `var(--${cell.dataset.move})`;
    cell.animate({ backgroundColor: [colour, colour, "transparent"] }, { duration: 900, easing: "ease-out" });
  }

  #cell<T extends Element = HTMLElement>(selector: string): T {
    return find<T>(selector, this.element);
  }
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
