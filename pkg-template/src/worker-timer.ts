/**
 * `setTimeout` and `clearTimeout`, for one timer at a time, in a worker: no browser throttles those when the page is
 * hidden. The page sets it too, and the first tick counts, so that nothing is lost where workers are refused.
 */
export class WorkerTimer {
  #worker: Worker | undefined;

  setTimeout(tick: () => void, ms: number): number {
    this.#worker ??= startWorker();
    if (this.#worker) {
      this.#worker.onmessage = tick;
      this.#worker.postMessage(ms);
    }
    return setTimeout(tick, ms);
  }

  clearTimeout(name: number): void {
    clearTimeout(name);
    if (this.#worker) this.#worker.onmessage = null;
  }

  /** Ends the worker. It comes back with the next timer. */
  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

const SOURCE = "let t;onmessage=e=>{clearTimeout(t);t=setTimeout(postMessage,e.data,0)}";
/** Of the source, for all workers of the page. It is not revoked: workers start from it at some later time. */
let address: string;

function startWorker(): Worker | undefined {
  try {
    address ??= URL.createObjectURL(new Blob([SOURCE]));
    return new Worker(address);
  } catch {
    // There are none here, or none are allowed.
  }
}
