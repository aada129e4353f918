// Runs in the page, after in-page.js.

const ACTIONS = {
  send: (session) => session.send("from within"),
  close: (session) => session.close(1000, "from within"),
  reconnect: (session) => session.reconnect(),
  "close, then reconnect": (session) => {
    session.close(1000);
    session.reconnect();
  },
  "reconnect, then close": (session) => {
    session.reconnect();
    session.close(1000);
  },
};

/**
 * A session that gets into all situations, so that each of its events fires: the first attempt is refused, messages wait
 * and one is dropped, the others are echoed, heartbeats are answered. `prepare` adds listeners before all that.
 */
globalThis.eventful = (client, prepare) => {
  const sockets = [];
  function RefusedFirst(url, protocols) {
    sockets.push(sockets.length === 0 ? new Refused() : new WebSocket(url, protocols));
    return sockets.at(-1);
  }
  const session = connect(address("/echo", { client }), {
    WebSocket: RefusedFirst,
    heartbeat: { message: "ping", reply: "pong", interval: 40, timeout: 3000 },
    queue: { maxMessages: 3 },
    backoff: { min: 20, max: 40 },
  });
  session.sockets = sockets;
  prepare(session);
  for (const text of ["dropped", "one", "two", "three"]) session.send(text);
  return session;
};

/** Does `action` inside a listener of `type`, once, and gives what became of the session. */
globalThis.actInside = async (type, action, ends) => {
  let acted = 0;
  const session = eventful(`in-${type}`, (session) => {
    session.addEventListener(type, () => {
      if (acted++ === 0) ACTIONS[action](session);
    });
  });
  await until(() => acted > 0, `${type} fires`);
  await until(() => session.state === (ends ? "closed" : "open"), `the end after ${action} in ${type}`);
  if (!ends) await echoed(session, "the last word");
  const outcome = {
    state: session.state,
    live: session.sockets.filter(({ readyState }) => readyState < 2).length,
    fromWithin: session.told.filter(
      ({ type, data }) => ["message", "drop"].includes(type) && data === "from within",
    ).length,
    changes: told(session, "statechange").map(({ from, to }) => [from, to]),
    opens: told(session, "open").length,
  };
  session.close(1000);
  await until(() => session.readyState === 3);
  return outcome;
};

scripts.add("eventful.js");
