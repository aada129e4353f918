// Runs in the page, after in-page.js: a session that is never quiet, and an account of what became of what it said.

const PERIOD_MS = 10;

/** A session to `url`, an echoing endpoint, that sends 1, 2, 3 and so on all the time; `talker` is there to look at it. */
globalThis.talk = async (url, options) => {
  const session = connect(url, options);
  const talker = { session, sent: 0, heard: [], closes: [], opens: [] };
  globalThis.talker = talker;
  session.addEventListener("message", ({ data }) => talker.heard.push(Number(data)));
  session.addEventListener("open", () => talker.opens.push({ at: Date.now() }));
  session.addEventListener("close", ({ cause, code }) => {
    // What is sent from now on waits for the next connection.
    talker.closes.push({ at: Date.now(), cause, code, sent: talker.sent });
  });
  talker.timer = setInterval(() => session.send(String(++talker.sent)), PERIOD_MS);
  await opened(session);
  await until(() => talker.heard.length > 10);
};

/** Stops talking with a last word; resolves with the account once that came back. */
globalThis.account = async () => {
  const { session, timer, heard, closes, opens } = talker;
  clearInterval(timer);
  const back = () => heard.includes(talker.sent);
  // A connection may be lost with the last word on it.
  do {
    const connections = opens.length;
    session.send(String(++talker.sent));
    await until(() => back() || opens.length > connections, "the last word");
  } while (!back());
  return { sent: talker.sent, heard, closes, opens, attempts: session.stats().attempts };
};

scripts.add("talker.js");
