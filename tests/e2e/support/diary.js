// Runs in the page, as a module. What happens to the page and its session goes into a diary that outlives the page.
import "/in-page.js";

/** Notes what happened, once there is a session that it can happen to. */
function note(what) {
  if (!globalThis.session) return;
  const diary = JSON.parse(localStorage.diary ?? "[]");
  localStorage.diary = JSON.stringify([...diary, { at: Date.now(), what }]);
}

addEventListener("pagehide", ({ persisted }) => note(persisted ? "pagehide (persisted)" : "pagehide"));
addEventListener("pageshow", ({ persisted }) => persisted && note("pageshow (persisted)"));
for (const type of ["freeze", "resume"]) document.addEventListener(type, () => note(type));
document.addEventListener("visibilitychange", () => note(document.visibilityState));

/** Opens a session to `/echo` that is in the diary from its second event on; resolves once it is open. */
async function begin(options = {}, query = "") {
  const session = connect(`/echo?${query}`, options);
  globalThis.session ??= session;
  await opened(session);
  session.addEventListener("open", () => note("open"));
  session.addEventListener("close", ({ cause, code }) =>
    note(`close ${cause}${cause === "server-close" ? ` ${code}` : ""}`),
  );
  session.addEventListener("statechange", ({ to }) => {
    if (to === "suspended" || to === "closed") note(to);
  });
  return session;
}

/** A session for each of `all`, the options; the option `WebSocket` is a name. */
async function beginMany(all) {
  globalThis.sessions = [];
  for (const [index, options] of all.entries()) {
    if (options.WebSocket) options.WebSocket = globalThis[options.WebSocket];
    sessions.push(await begin(options, `n=${index}`));
  }
}

Object.assign(globalThis, { begin, beginMany, note });
globalThis.scripts.add("diary.js");

// For a page whose policy lets nobody else do it. The server hears of what the policy refuses, a worker of a blob for one.
const wanted = new URLSearchParams(location.search).get("begin");
if (wanted) {
  const refused = new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", resolve, { once: true });
  });
  await beginMany(JSON.parse(wanted));
  try {
    new Worker(URL.createObjectURL(new Blob([""])));
  } catch {
    // Some tell by an exception, some by an event of the worker.
  }
  session.send(`refused: ${(await refused).effectiveDirective}`);
}
