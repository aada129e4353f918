import { Chat } from "../chat.jsx";
import { useControl } from "../control.js";
import { at, parameters } from "../parameters.js";

/** Any number of chats, each as the test says: `{ name: { room, … } }`. */
export default function Chats() {
  const chats = useControl(JSON.parse(parameters.get("chats")));
  return Object.entries(chats)
    .filter(([, props]) => props)
    .map(([name, { room, asked, offered, ...props }]) => (
      <Chat
        key={name}
        name={name}
        url={asked ? () => at(asked) : room && at(room)}
        {...(offered && { protocols: () => offered })}
        {...props}
      />
    ));
}
