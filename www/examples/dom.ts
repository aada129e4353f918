/** The element that a page of ours is known to have. */
export function find<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  return within.querySelector(selector) as T;
}

/** A new element like that in a `template`. */
export function copyOf<T extends Element = HTMLElement>(selector: string): T {
  return find<HTMLTemplateElement>(selector).content.firstElementChild?.cloneNode(true) as T;
}
