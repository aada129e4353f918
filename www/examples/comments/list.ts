import type { Comment } from "./stage.ts";

const SHOWN = 40;
/** Comments come faster than anybody reads: the list moves no more often than this, ms, and by so many of others'. */
const REST = 1000;
const AT_ONCE = 5;

/** The latest comments from top to bottom, for whom flying ones are no pleasure. */
export class List {
  readonly #element: HTMLElement;
  #waiting: Comment[] = [];
  #paused = false;
  #timer: number | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  add(comment: Comment): void {
    const others = this.#waiting.filter(({ own }) => !own);
    if (others.length === AT_ONCE) this.#waiting.splice(this.#waiting.indexOf(others[0] as Comment), 1);
    this.#waiting.push(comment);
    this.#timer ??= window.setTimeout(() => this.#show(), REST);
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.#show();
  }

  #show(): void {
    this.#timer = undefined;
    if (this.#paused) return;
    this.#element.prepend(...this.#waiting.splice(0).reverse().map(itemFor));
    while (this.#element.children.length > SHOWN) this.#element.lastChild?.remove();
  }
}

function itemFor({ text, own }: Comment): HTMLElement {
  const item = document.createElement("li");
  item.textContent = text;
  item.className = own ? "own" : "";
  return item;
}
