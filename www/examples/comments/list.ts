import type { Comment } from "./stage.ts";

const SHOWN = 40;
/** Comments come faster than anybody reads: the list moves no more often than this, ms. */
const REST = 1000;

/** The latest comments from top to bottom, for whom flying ones are no pleasure. */
export class List {
  readonly #element: HTMLElement;
  #latest: Comment[] = [];
  #paused = false;
  #timer: number | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  add(comment: Comment): void {
    this.#latest = [comment, ...this.#latest].slice(0, SHOWN);
    this.#timer ??= window.setTimeout(() => this.#show(), REST);
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#show();
  }

  #show(): void {
    this.#timer = undefined;
    if (!this.#paused) this.#element.replaceChildren(...this.#latest.map(itemFor));
  }
}

function itemFor({ text, own }: Comment): HTMLElement {
  const item = document.createElement("li");
  item.textContent = text;
  item.className = own ? "own" : "";
  return item;
}
