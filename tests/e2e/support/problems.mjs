/** As browsers tell that a WebSocket has no server: that is no problem of the page's. */
const AWAY = /WebSocket connection to|establish a connection to the server|was interrupted while the page/;

/** What goes wrong in a page from now on, as texts. */
export function watchProblems(page) {
  const problems = [];
  const note = (text) => {
    if (!AWAY.test(text)) problems.push(text);
  };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(message.text());
  });
  page.on("pageerror", (error) => note(error.message));
  return problems;
}
