/** Sends back what comes: text as text, binary as binary. */
export function echo(ws) {
  return (data, isBinary) => ws.send(data, { binary: isBinary });
}
