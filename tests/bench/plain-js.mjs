// What the core takes by itself, in WebAssembly and in plain JavaScript: over a socket that does nothing, as the browser's own
// takes more than either, and never the same.

/** What is measured in `page`, in ns, and in ms for the first session: `{ js, index }` by what is done. */
export async function measureCores(page, { rounds, messages }) {
  const blank = page.url();
  const first = { js: [], index: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [core, times] of Object.entries(first)) {
      await page.goto(blank);
      times.push(await page.evaluate(firstSession, `/pkg/dist/${core}.js`));
    }
  }
  const times = await page.evaluate(inTurns, { rounds, messages });
  return { ...times, first: { js: median(first.js), index: median(first.index) } };
}

/** What README.md says of it; `measured` has a browser's name and what was measured there. */
export function told(measured) {
  const sentence = (begin, key, unit) => {
    const places = measured.map(([browser, { [key]: times }]) => {
      const [js, index] = [times.js, times.index].map((time) => Math.round(time).toLocaleString("en"));
      return `${js} ${unit} in ${browser} (${index} with WebAssembly)`;
    });
    return `${begin} ${places.join(" and ")}`;
  };
  return [
    sentence("Its own share of sending a message is", "send", "ns"),
    sentence("of a heartbeat's answer", "reply", "ns"),
    `${sentence("the first session is made in", "first", "ms")}.`,
  ].join("; ");
}

/** Runs in a fresh page. */
async function firstSession(path) {
  const { SteadySocket } = await import(path);
  const start = performance.now();
  new SteadySocket("/echo", [], { startClosed: true });
  return performance.now() - start;
}

/** Runs in the page. */
async function inTurns({ rounds, messages }) {
  class Idle {
    readyState = 0;
    bufferedAmount = 0;

    constructor() {
      Idle.latest = this;
      setTimeout(() => {
        this.readyState = 1;
        this.onopen();
      });
    }

    send() {}
    close() {}
  }
  const open = async (core) => {
    const { SteadySocket } = await import(`/pkg/dist/${core}.js`);
    const heartbeat = { message: "ping", reply: "pong", interval: 3_600_000 };
    const backpressure = { highWaterMark: Infinity };
    const session = new SteadySocket("ws://idle/", [], { WebSocket: Idle, heartbeat, backpressure });
    await new Promise((resolve) => session.addEventListener("open", resolve));
    return { session, socket: Idle.latest };
  };
  const sides = { js: await open("js"), index: await open("index") };
  const answer = new MessageEvent("message", { data: "pong" });
  return {
    send: await race(({ session }) => session.send("twenty characters ok")),
    reply: await race(({ socket }) => socket.onmessage(answer)),
  };

  async function race(run) {
    const samples = { js: [], index: [] };
    for (let round = -2; round < rounds; round++) {
      for (const [core, side] of Object.entries(sides)) {
        const start = performance.now();
        for (let message = 0; message < messages; message++) run(side);
        if (round >= 0) samples[core].push(((performance.now() - start) * 1e6) / messages);
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    const middle = (sample) => sample.sort((a, b) => a - b)[sample.length >> 1];
    return { js: middle(samples.js), index: middle(samples.index) };
  }
}

function median(sample) {
  return sample.sort((a, b) => a - b)[sample.length >> 1];
}
