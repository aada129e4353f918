import { connect } from "./connect.js";

export async function start({ url, WebSocket, told }) {
  const client = connect(url, WebSocket, {
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
  });
  let isSubscribed = false;
  // The server answers a subscription with "subscribed": the protocol has no message for that.
  client.on("closed", () => {
    if (isSubscribed) told.down();
    isSubscribed = false;
  });
  const hear = ({ data: { said } }) => {
    if (said !== "subscribed") return told.hear(said);
    isSubscribed = true;
    told.up();
  };
  client.subscribe({ query: "subscription { said }" }, { next: hear, error: told.fail, complete() {} });
  return {
    say: (text) =>
      new Promise((next, error) => {
        const query = "mutation ($text: String!) { say(text: $text) }";
        client.subscribe({ query, variables: { text } }, { next, error, complete() {} });
      }),
    close: () => client.dispose(),
  };
}
