import uPlot from "/vendor/uplot/uPlot.esm.js";
import { part, setText } from "./dom.js";
import { formatMs } from "./format.js";

const WINDOW_S = 60;
/** Keeps the noise of localhost from looking like a storm. */
const SMALLEST_SCALE_MS = 5;

/** Charts the `latency` events of `session`; answers a function to call now and then, which moves time on. */
export function startRttChart(session) {
  const container = part("rtt-chart");
  const times = [];
  const rtts = [];

  const chart = new uPlot(chartOptions(container), [[], []], container);
  session.addEventListener("latency", ({ rtt }) => {
    add(rtt);
    setText(part("rtt"), formatMs(rtt));
  });
  session.addEventListener("close", () => {
    add(null); // Interrupts the line.
    setText(part("rtt"), "–");
  });
  new ResizeObserver(() => chart.setSize(size(container))).observe(container);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw());
  return draw;

  function add(rtt) {
    times.push(performance.now() / 1000);
    rtts.push(rtt);
    draw();
  }

  function draw() {
    const now = performance.now() / 1000;
    // One older point stays, so that the line comes in from the edge.
    while (times[1] < now - WINDOW_S) {
      times.shift();
      rtts.shift();
    }
    chart.setData([times.map((time) => time - now), rtts]);
  }
}

function chartOptions(container) {
  const colour = (name) => getComputedStyle(container).getPropertyValue(name);
  const axis = {
    font: "11px system-ui, sans-serif",
    stroke: () => colour("--ink-2"),
    grid: { stroke: () => colour("--line"), width: 1 },
    ticks: { show: false },
  };
  return {
    ...size(container),
    padding: [8, 16, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: {
      x: { time: false, range: [-WINDOW_S, 0] },
      y: { range: (_chart, _min, max) => [0, Math.max(SMALLEST_SCALE_MS, (max ?? 0) * 1.15)] },
    },
    axes: [
      { ...axis, size: 24, values: (_chart, ticks) => ticks.map((s) => (s === 0 ? "now" : `${s} s`)) },
      { ...axis, size: 52, values: (_chart, ticks) => ticks.map((ms) => `${ms} ms`) },
    ],
    series: [
      {},
      {
        stroke: () => colour("--open"),
        fill: () => colour("--open-faint"),
        width: 2,
        points: { show: true, size: 5, fill: () => colour("--open") },
      },
    ],
  };
}

function size({ clientWidth, clientHeight }) {
  return { width: clientWidth, height: clientHeight };
}
