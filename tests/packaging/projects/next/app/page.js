import { SteadySocket } from "steadysocket";
import { Echo } from "./echo.js";

// This module runs on the server alone, where importing is all that one can do with a socket.
export default function Page() {
  return (
    <main>
      <p>{SteadySocket.name}</p>
      <Echo />
    </main>
  );
}
