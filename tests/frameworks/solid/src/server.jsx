import { generateHydrationScript, renderToString } from "solid-js/web";
import { Application } from "./Application.jsx";

/** The page at a URL. */
export function render(url) {
  const content = renderToString(() => <Application url={url} />);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="data:," />
    <title>Solid</title>
    ${generateHydrationScript()}
    <script type="module" src="/client.js"></script>
  </head>
  <body>
    <div id="application">${content}</div>
  </body>
</html>`;
}
