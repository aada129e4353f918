import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { compose, EMPTY, heard, said, timeOf } from "../../../www/examples/chat/room.ts";

const folder = new URL("../../../www/examples/chat/", import.meta.url);
const MOST_LINES = 120;

test(`each chat has less than ${MOST_LINES} lines`, () => {
  const kinds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const lines = kinds.map(({ name }) => {
    const files = readdirSync(new URL(`${name}/`, folder));
    return [
      name,
      files.map((file) => countLines(new URL(`${name}/${file}`, folder))).reduce((a, b) => a + b),
    ];
  });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(([, count]) => count >= MOST_LINES)).toEqual([]);
});

test("the room: what has not come back stands last, and settles in the server's order, once", () => {
  const [first, second] = [compose("Ann", "1"), compose("Ann", "2")];
  expect(first.id).not.toBe(second.id);
  let room = said(said(EMPTY, first), second);
  expect(texts(room)).toEqual(["1 …", "2 …"]);
  room = hear(room, { type: "message", ...message("b", "Bob", "hi") });
  expect(texts(room)).toEqual(["hi", "1 …", "2 …"]);
  room = hear(room, { type: "message", ...second, at: 5 });
  expect(texts(room)).toEqual(["hi", "2", "1 …"]);
  room = hear(room, { type: "history", messages: [message("c", "Cid", "new"), { ...first, at: 6 }] });
  expect(texts(room)).toEqual(["hi", "2", "new", "1"]);
  expect(hear(room, { type: "message", ...first, at: 7 }), "told once more").toBe(room);
});

test("the room: presence, and what the server refuses", () => {
  const refused = compose("Ann", "\t");
  let room = hear(said(EMPTY, refused), { type: "presence", names: ["Ann", "Bob"] });
  expect(room.names).toEqual(["Ann", "Bob"]);
  room = hear(room, { type: "error", error: "not printable", id: refused.id });
  expect(room).toEqual({ names: ["Ann", "Bob"], messages: [] });
});

test("the room forgets the oldest, never what has not come back", () => {
  let room = said(EMPTY, compose("Ann", "mine"));
  const messages = Array.from({ length: 1000 }, (_, index) => message(`${index}`, "Bob", `${index}`));
  room = hear(room, { type: "history", messages });
  expect(room.messages.length).toBeLessThan(1000);
  expect(texts(room).slice(-2)).toEqual(["999", "mine …"]);
});

function countLines(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").length;
}

function message(id, name, text) {
  return { id, name, text, at: 1 };
}

function hear(room, news) {
  return heard(room, JSON.stringify(news));
}

function texts({ messages }) {
  return messages.map((message) => message.text + (timeOf(message) === "on its way" ? " …" : ""));
}
