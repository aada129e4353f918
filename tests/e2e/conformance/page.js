// The suite's page: runs a case file in its window or in a worker of its own.

/** WebDriver's scripts must end: who asks is told in time that it takes longer. */
const ANSWER_MS = 20_000;
let workers = 0;
let outcome;

globalThis.conformance = {
  start(wanted) {
    outcome = (wanted.scope === "window" ? inWindow(wanted) : inWorker(wanted)).then(
      (runs) => ({ runs }),
      (error) => ({ error: `${error}\n${error?.stack ?? ""}` }),
    );
  },

  /** `{ runs }`, `{ error }`, or null while it is not done. */
  answer() {
    return Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, ANSWER_MS, null))]);
  },
};

async function inWindow(wanted) {
  const { runFile } = await import("./scope.js");
  return runFile(wanted);
}

function inWorker(wanted) {
  const { port, failing } = wanted.scope === "shared" ? shared() : dedicated();
  return new Promise((resolve, reject) => {
    failing.onerror = (event) => reject(new Error(`the worker: ${event.message ?? "did not start"}`));
    port.onmessage = ({ data }) => {
      if (data === "ready") {
        // From now on what goes wrong in it is the cases' business.
        failing.onerror = null;
        return port.postMessage(wanted);
      }
      port.postMessage("end");
      if (data.error) reject(new Error(data.error));
      else resolve(data.runs);
    };
  });
}

function dedicated() {
  const worker = new Worker(script(), { type: "module" });
  return { port: worker, failing: worker };
}

function shared() {
  const worker = new SharedWorker(script(), { type: "module", name: `${++workers}` });
  return { port: worker.port, failing: worker };
}

/** With the policy of the page. */
function script() {
  return `/suite/worker.js${location.search}`;
}
