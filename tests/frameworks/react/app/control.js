import { startTransition, useState } from "react";
import { flushSync } from "react-dom";

/** A state that the test sets, by `change` in the page, or within the task by `changeAtOnce`, or `changeInTransition`. */
export function useControl(initial) {
  const [control, setControl] = useState(initial);
  globalThis.change = (changes) => setControl((control) => ({ ...control, ...changes }));
  globalThis.changeAtOnce = (changes) => flushSync(() => change(changes));
  globalThis.changeInTransition = (changes) => startTransition(() => change(changes));
  return control;
}
