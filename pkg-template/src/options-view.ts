import { Connection } from "#wasm";
import { ensureLoaded } from "./loading.js";
import type { SteadySocketOptions } from "./options.js";

const OVERFLOW = ["drop-oldest", "drop-newest", "throw"];

/**
 * Creates a session, which has the defaults and checks the values.
 *
 * @throws RangeError if one is not what is allowed.
 */
export function createConnection(options: SteadySocketOptions, host: object): Connection {
  ensureLoaded();
  const view = new OptionsView(options);
  try {
    return new Connection(view, host);
  } catch (error) {
    if (!Array.isArray(error)) throw error;
    const [path, allowed] = error as [string, string];
    throw new RangeError(`SteadySocket: ${path} is ${view.at(path)}; allowed: ${allowed}`);
  }
}

/** The options as the session reads them, by paths such as `backoff.min`. */
class OptionsView {
  readonly #options: SteadySocketOptions;

  constructor(options: SteadySocketOptions) {
    this.#options = options;
  }

  /** What stands there. */
  at(path: string): unknown {
    // biome-ignore lint/suspicious/noExplicitAny: a path through sections of any shape
    return path.split(".").reduce((section: any, name) => section?.[name], this.#options);
  }

  /**
   * What stands there: a name by its place in the list of those allowed, anything that is no number as −1, which is never
   * allowed; not a number if nothing does.
   */
  number(path: string): number {
    const value = this.at(path);
    if (value === undefined) return NaN;
    if (path.endsWith("overflow")) return OVERFLOW.indexOf(value as string);
    return typeof value === "number" && value >= 0 ? value : -1;
  }

  /** Whether what stands there switches it on; if nothing does, `otherwise`. */
  has(path: string, otherwise: boolean): boolean {
    const value = this.at(path);
    return value === undefined ? otherwise : Boolean(value);
  }
}
