// Renders the page as a server does and prints what came out: `node render.mjs URL`.

import { Writable } from "node:stream";
import { createElement } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { lateChat, Page } from "./page.js";

const [url] = process.argv.slice(2);
const made = [];
const hasWebSocket = typeof WebSocket === "function";
if (hasWebSocket) {
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      made.push(args);
    }
  };
}

const whole = renderToString(createElement(Page, { url }));
const streamed = await stream(createElement(Page, { url, late: lateChat(Promise.resolve()) }));
console.log(JSON.stringify({ hasWebSocket, whole, streamed, made }));

function stream(element) {
  return new Promise((resolve, reject) => {
    let html = "";
    const sink = new Writable({
      write(chunk, _encoding, done) {
        html += chunk;
        done();
      },
      final(done) {
        resolve(html);
        done();
      },
    });
    const { pipe } = renderToPipeableStream(element, { onAllReady: () => pipe(sink), onError: reject });
  });
}
