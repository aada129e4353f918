import { EventEmitter, on } from "node:events";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

const room = new EventEmitter();
const schema = buildSchema(`
  type Query { nothing: Boolean }
  type Mutation { say(text: String!): Boolean }
  type Subscription { said: String }
`);
const roots = {
  mutation: { say: ({ text }) => room.emit("said", text) },
  subscription: { said: listen },
};

useServer({ schema, roots }, new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]) }));

async function* listen() {
  const heard = on(room, "said");
  yield { said: "subscribed" };
  for await (const [said] of heard) yield { said };
}
