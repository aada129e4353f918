import { useState } from "react";

/** A state that the test sets, by `change` in the page. */
export function useControl(initial) {
  const [control, setControl] = useState(initial);
  globalThis.change = (changes) => setControl((control) => ({ ...control, ...changes }));
  return control;
}
