import { Doc } from "yjs";
import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const doc = new Doc();
  const said = doc.getArray("said");
  const provider = connect(url, "room", doc, WebSocket);
  provider.on("sync", (isSynced) => (isSynced ? told.up() : told.down()));
  said.observe(({ changes }) => {
    for (const { insert = [] } of changes.delta) for (const text of insert) told.hear(text);
  });
  return {
    say: async (text) => said.push([text]),
    close: () => provider.destroy(),
  };
}
