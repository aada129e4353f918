export { WebSocket } from "./websocket.js";
