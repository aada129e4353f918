import { SteadySocket } from "steadysocket";
import { WebSocket as Strict } from "steadysocket/websocket";

/** One that reconnects by itself, below a library that does so too. */
class Reconnecting extends SteadySocket {
  static made = [];

  constructor(url, protocols) {
    super(url, protocols);
    Reconnecting.made.push(this);
  }
}

/** What a library is given; the options that suit it are in its own `connect.js`. */
const classes = {
  native: globalThis.WebSocket,
  strict: Strict,
  global: Strict,
  suited: undefined,
  reconnecting: Reconnecting,
};

/** What the library told, for the tests to look at. */
const told = { ups: 0, downs: 0, heard: [], refused: [], failures: [] };

globalThis.told = told;
globalThis.SteadySocket = SteadySocket;
globalThis.sessions = () => Reconnecting.made.map(({ state }) => state);

globalThis.begin = async (name, kind, url) => {
  // Before the library is loaded, which may keep what it finds.
  if (kind === "global") globalThis.WebSocket = Strict;
  const { start } = await import(`/${name}.js`);
  const tell = {
    up: () => told.ups++,
    down: () => told.downs++,
    hear: (text) => told.heard.push(text),
    fail: (error) => told.failures.push(String(error)),
  };
  const client = await start({ url, WebSocket: classes[kind], told: tell });
  globalThis.say = (text) => void client.say(text).catch(() => told.refused.push(text));
  globalThis.quit = async () => void (await client.close());
};
