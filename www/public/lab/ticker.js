import { element, part, setText, showState } from "./dom.js";
import { formatMs } from "./format.js";

const COURSE_LENGTH = 80;
const STALE_MS = 1000;
const [WIDTH, HEIGHT] = [120, 24];

/** A table of live prices; answers a function to call ten times a second, which tells how old they are. */
export function startTicker(session) {
  const table = part("ticker");
  const rows = new Map();
  let heardAt;

  showState(session, part("ticker-state"));
  session.addEventListener("message", ({ data }) => {
    heardAt = performance.now();
    for (const [symbol, price] of Object.entries(JSON.parse(data).prices)) {
      if (!rows.has(symbol)) rows.set(symbol, addRow(symbol, price));
      rows.get(symbol)(price);
    }
  });

  return () => {
    const age = performance.now() - heardAt;
    const fresh = age < STALE_MS;
    table.dataset.stale = !fresh;
    if (heardAt !== undefined) setText(part("ticker-age"), fresh ? "live" : `${formatMs(age)} old`);
  };

  function addRow(symbol, first) {
    const course = [];
    const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    picture.setAttribute("preserveAspectRatio", "none");
    picture.append(line);
    const price = element("td", { className: "price" });
    const change = element("td", { className: "change" });
    const row = element("tr", { data: { symbol } }, element("th", { text: symbol }));
    row.append(element("td", {}, picture), price, change);
    table.tBodies[0].append(row);

    return (value) => {
      course.push(value);
      if (course.length > COURSE_LENGTH) course.shift();
      const percent = (value / first - 1) * 100;
      setText(price, value.toFixed(2));
      setText(change, `${percent < 0 ? "−" : "+"}${Math.abs(percent).toFixed(2)} %`);
      row.dataset.trend = percent < 0 ? "down" : "up";
      line.setAttribute("points", points(course));
    };
  }
}

function points(course) {
  const low = Math.min(...course);
  const span = Math.max(...course) - low || 1;
  const y = (price) => HEIGHT - 2 - ((price - low) / span) * (HEIGHT - 4);
  return course
    .map((price, index) => `${(index / (COURSE_LENGTH - 1)) * WIDTH},${y(price).toFixed(1)}`)
    .join(" ");
}
