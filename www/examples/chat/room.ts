/** What somebody said. Without `at` it has not come back from the server yet. */
export interface Message {
  id: string;
  name: string;
  text: string;
  at?: number;
}

/** Who is here, and what was said: in the server's order, then what has not come back. */
export interface Room {
  names: string[];
  messages: Message[];
}

/** What the server sends, as JSON. */
type News =
  | { type: "history"; messages: Required<Message>[] }
  | ({ type: "message" } & Required<Message>)
  | { type: "presence"; names: string[] }
  | { type: "error"; error: string; id?: string };

const SHOWN = 300;

export const EMPTY: Room = { names: [], messages: [] };

/** A new message. The server takes each id once, so it does no harm to send one again. */
export function compose(name: string, text: string): Message {
  return { id: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`, name, text };
}

/** The room after one has said something oneself. */
export function said(room: Room, message: Message): Room {
  return { ...room, messages: [...room.messages, message] };
}

/** The room after news from the server. */
export function heard(room: Room, data: string): Room {
  const news: News = JSON.parse(data);
  if (news.type === "presence") return { ...room, names: news.names };
  if (news.type === "history") return news.messages.reduce(settled, room);
  if (news.type === "message") return settled(room, news);
  return { ...room, messages: room.messages.filter(({ id }) => id !== news.id) };
}

/** The server may show a message more than once, in a history for instance. */
function settled(room: Room, message: Required<Message>): Room {
  if (room.messages.some(({ id, at }) => id === message.id && at)) return room;
  const others = room.messages.filter(({ id }) => id !== message.id);
  const [before, after] = [others.filter(({ at }) => at), others.filter(({ at }) => !at)];
  return { ...room, messages: [...before, message, ...after].slice(-SHOWN) };
}

/** When it was said, in words for people. */
export function timeOf({ at }: Message): string {
  if (!at) return "on its way";
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
