import type { Ending } from "./options.js";

export type { Ending };

/** How far a server's word counts. */
export interface RetryAfterOptions {
  /** The longest delay that a server may ask for, ms; who asks for more gets this. Default 3,600,000: an hour. */
  max?: number | undefined;
  /** Clients that are told the same come back spread evenly over this much more, ms. Default 5,000. */
  spread?: number | undefined;
}

/**
 * A `retry` option that comes back when the server says. It says so in the reason of its close frame, by `retry-after=`
 * and seconds, wherever in the reason: `"restarting; retry-after=48"`. The name and the unit are those of HTTP's header
 * (RFC 9110 §10.2.3). An end without it, or with a code that ends the session, is judged as if this were not there.
 *
 * @example
 * ```ts
 * new SteadySocket("/chat", [], { retry: retryAfter() });
 * ```
 * @throws RangeError if an option is no number of ms.
 */
export function retryAfter({
  max = 3_600_000,
  spread = 5_000,
}: RetryAfterOptions = {}): (ending: Ending) => number | undefined {
  for (const [name, value] of Object.entries({ max, spread })) {
    if (!Number.isFinite(value) || value < 0) {
      throw new RangeError(`retryAfter: ${name} is ${value}; allowed: a finite number of ms from 0`);
    }
  }
  return ({ reason, willRetry }) => {
    const told = willRetry && /(?<![\w-])retry-after=(\d+(?:\.\d+)?)(?![\w.])/i.exec(reason);
    return told ? Math.min(Number(told[1]) * 1_000, max) + Math.random() * spread : undefined;
  };
}
