import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation } from "./public/lab/conversation.js";

const ids = (messages) => messages.map(({ id }) => id);

test("what was said stays unconfirmed, in order, until the server shows it", () => {
  const conversation = new Conversation();
  for (const id of ["a", "b", "c"]) conversation.say({ id });
  assert.equal(conversation.confirm({ id: "b" }), true);
  assert.deepEqual(ids(conversation.unconfirmed), ["a", "c"]);
});

test("a message counts once, however often the server shows it", () => {
  const conversation = new Conversation();
  conversation.say({ id: "a" });
  assert.deepEqual(
    [1, 2].map(() => conversation.confirm({ id: "a" })),
    [true, false],
  );
  assert.deepEqual(
    [1, 2].map(() => conversation.confirm({ id: "of somebody else" })),
    [true, false],
  );
  assert.deepEqual(conversation.unconfirmed, []);
});

test("what the server refuses is not repeated", () => {
  const conversation = new Conversation();
  conversation.say({ id: "a" });
  assert.equal(conversation.withdraw("a"), true);
  assert.equal(conversation.withdraw("a"), false);
  assert.deepEqual(conversation.unconfirmed, []);
});

test("only the latest messages are remembered, more than the server repeats", () => {
  const conversation = new Conversation();
  for (let number = 0; number < 1000; number++) conversation.confirm({ id: String(number) });
  for (let number = 950; number < 1000; number++)
    assert.equal(conversation.confirm({ id: String(number) }), false);
  assert.equal(conversation.confirm({ id: "0" }), true, "forgotten");
});
