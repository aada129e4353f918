/** In its place the tests put the first example of docs/react.md. */
export function Chat() {
  throw new Error("docs/react.md is not here");
}
