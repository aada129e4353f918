// The suite in a worker, dedicated or shared: told what to run, it answers with the runs.

if (typeof SharedWorkerGlobalScope === "function") {
  addEventListener("connect", ({ ports: [port] }) => serve(port));
} else {
  serve(globalThis);
}

function serve(port) {
  port.onmessage = async ({ data }) => {
    if (data === "end") return close();
    // Not imported at once: a worker whose modules still load would miss what is told to it.
    const answer = await import("./scope.js")
      .then(({ runFile }) => runFile(data))
      .then(
        (runs) => ({ runs }),
        (error) => ({ error: `${error}\n${error?.stack}` }),
      );
    port.postMessage(answer);
  };
  port.postMessage("ready");
}
