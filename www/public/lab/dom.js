/** The element that tests and modules know by the same name. */
export function part(name) {
  return document.querySelector(`[data-testid="${name}"]`);
}

/** A new element; `data` becomes its data-* attributes. */
export function element(tag, { text, className, data = {} } = {}, ...children) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (className) node.className = className;
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

/** Writes only what changed, so that a screen reader is not told the same ten times a second. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Puts `item` on top of `list`, which forgets its oldest beyond `max`. */
export function prependBounded(list, item, max) {
  list.prepend(item);
  while (list.children.length > max) list.lastChild.remove();
}

/** Shows the state of `session` in `chip`, now and on every change. */
export function showState(session, chip) {
  const show = () => {
    setText(chip, session.state);
    chip.dataset.state = session.state;
  };
  session.addEventListener("statechange", show);
  show();
}
