import { Route, Router } from "@solidjs/router";
import { Chat } from "./Chat.jsx";
import { Room } from "./Room.jsx";
import { Rooms } from "./Rooms.jsx";

export function Application(props) {
  return (
    <Router url={props.url}>
      <Route path="/chat" component={Chat} />
      <Route path="/rooms" component={Rooms} />
      <Route path="/rooms/:room" component={Room} />
    </Router>
  );
}
