import { A, useParams, useSearchParams } from "@solidjs/router";
import { createSteadySocket } from "steadysocket/solid";

/** A route's page, whose URL follows a parameter. */
export function Room() {
  const params = useParams();
  const [search] = useSearchParams();
  const chat = createSteadySocket(() => {
    // Read, and of no consequence.
    void search.tab;
    return search.server && new URL(`${search.server}?room=${params.room}`);
  });
  const to = (path) => `${path}?server=${search.server}`;
  return (
    <>
      <h1>
        {params.room}
        {search.tab}
      </h1>
      <p id="state">{chat.state()}</p>
      <p id="last">{chat.lastMessage()?.data ?? "nothing"}</p>
      <button type="button" onClick={() => chat.send(`to ${params.room}`)}>
        Send
      </button>
      <A href={to("/rooms/a")}>a</A>
      <A href={to("/rooms/b")}>b</A>
      <A href={`${to("/rooms/b")}&tab=2`}>b2</A>
      <A href={to("/chat")}>chat</A>
    </>
  );
}
