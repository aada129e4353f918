import { SocketIo } from "./socket-io.js";

/** How messages go over the wire: `packets` of a message, the `message` of a packet if it is one, and a `request` to close. */
export const DIALECTS = {
  plain: {
    session: {},
    packets: (message) => [message],
    message: (packet) => packet,
    request: (session, request) => session.send(request),
  },

  /** socket.io's events; one with binary data is two packets. */
  "socket.io": {
    session: { WebSocket: SocketIo },
    packets: (message) =>
      typeof message === "string"
        ? [event("message", message)]
        : ['451-["message",{"_placeholder":true,"num":0}]', message],
    message: (packet) => {
      if (packet instanceof ArrayBuffer) return packet;
      return packet.startsWith("42") ? JSON.parse(packet.slice(2))[1] : undefined;
    },
    request: (session, request) => session.send(event(request)),
  },
};

function event(...parts) {
  return `42${JSON.stringify(parts)}`;
}
