const UNKNOWN = "in-flight-unknown";

/**
 * What is wrong with one page's account, as texts; none if all is well.
 *
 * `sent`: the page sent the numbers 1 to this. `drops`: `[number, reason]` as the session reported them. `received`:
 * `{ connection, number }` as they arrived at the server. `heard`: `[connection, number]` as the page heard the server.
 *
 * Every number has one outcome: it was received, or reported as dropped; one reported as of unknown outcome may have been
 * received. A message on its way when its connection was left may come after those of the next connection: then it is
 * one of the unknown. All others arrive in the order sent.
 */
export function violations({ sent, drops, received, heard }) {
  return [...outcomes(sent, drops, received), ...order(drops, received), ...downstream(heard)];
}

function* outcomes(sent, drops, received) {
  const reasons = new Map();
  for (const [number, reason] of drops) {
    if (reasons.has(number)) yield `${number} is reported twice: ${reasons.get(number)}, ${reason}`;
    reasons.set(number, reason);
  }
  const arrived = new Set();
  for (const { number, connection } of received) {
    if (!(number >= 1 && number <= sent)) yield `${number} was never sent, and received on ${connection}`;
    if (arrived.has(number)) yield `${number} is received twice, again on ${connection}`;
    arrived.add(number);
  }
  for (let number = 1; number <= sent; number++) {
    const reason = reasons.get(number);
    if (!arrived.has(number) && !reason) yield `${number} is lost, and not reported`;
    if (arrived.has(number) && reason && reason !== UNKNOWN) {
      yield `${number} is reported as dropped (${reason}), and received`;
    }
  }
}

function* order(drops, received) {
  const unknown = new Set(drops.filter(([, reason]) => reason === UNKNOWN).map(([number]) => number));
  const last = new Map();
  let highest = 0;
  for (const { number, connection } of received) {
    if (number < (last.get(connection) ?? 0)) {
      yield `${number} is received after ${last.get(connection)} on the same connection, ${connection}`;
    }
    last.set(connection, number);
    if (unknown.has(number)) continue;
    if (number < highest) yield `${number} is received after ${highest}, on ${connection}`;
    highest = Math.max(highest, number);
  }
}

/** On one connection nothing is missing or twice, and a connection that was left is not heard again. */
function* downstream(heard) {
  const left = new Set();
  let current;
  let last = 0;
  for (const [connection, number] of heard) {
    if (connection !== current) {
      if (left.has(connection)) yield `connection ${connection} is heard after it was left`;
      left.add(current);
      [current, last] = [connection, 0];
    }
    if (number !== last + 1) yield `${number} is heard after ${last} on connection ${connection}`;
    last = number;
  }
}
