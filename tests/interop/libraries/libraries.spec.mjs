import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { converse } from "./member.mjs";
import { outcomes } from "./outcomes.mjs";
import { rows } from "./rows.mjs";
import { expect, test } from "./test.mjs";

const { devDependencies: versions } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** What is the library's own doing is tried in one browser. */
const ONCE = { tag: "@chromium" };
const MEANWHILE = "while there is no path, from here";

for (const row of rows) {
  const common = { tag: row.isShort ? ["@short"] : [] };

  test.describe(titleOf(row), () => {
    test.use({ row });
    test("as `WebSocket`", common, ({ ours, other, server, path }) =>
      survives({ ours, other, server, path, row }, "strict"),
    );
    test("with options", common, ({ ours, other, server, path }) =>
      survives({ ours, other, server, path, row }, "suited"),
    );
    if (row.takesGlobal) {
      test("as the global", ({ ours, other, server, path }) =>
        survives({ ours, other, server, path, row }, "global"));
    }
    test("hung handshake", ONCE, leavesHungHandshakes);
    if (row.asks) test("silence", ONCE, noticesSilence);
    test("reconnecting below", ONCE, ({ ours, path }, { annotations }) => {
      annotations.push({ type: "cell", description: outcomes[row.under].cell });
      return outcomes[row.under].run(ours, path);
    });
  });
}

/**
 * A broken connection, a path that is gone for a while and a killed server: all that is said is heard once, over one
 * connection at a time.
 */
async function survives({ ours, other, server, path, row }, kind) {
  const crowds = watchForCrowds(path);
  await ours.begin(kind);
  await converse(ours, other, "at first");

  const { ups } = await ours.told();
  await lose([ours], () => path.reset());
  await ours.comes(ups + 1);
  await converse(ours, other, "after a broken connection");

  await lose([ours], () => {
    path.refuse();
    path.reset();
  });
  await ours.say(MEANWHILE);
  await regain([ours], () => path.listen());
  if (row.meanwhile === "arrives") await other.hears(MEANWHILE);
  await converse(ours, other, "after a path that was gone");

  await lose([ours, other], () => server.kill());
  await regain([ours, other], () => server.restart());
  await converse(ours, other, "after a restart");

  await ours.quit();
  await expect.poll(() => path.connections.size, "connections in the end").toBe(0);
  expect(crowds, "connections at a time").toEqual([]);
  await expectEachHeardOnce(ours, other, row);
}

/** Does what has these members leave the room, and waits until they have: libraries may come and go more than once. */
async function lose(members, wreck) {
  const before = await Promise.all(members.map((member) => member.told()));
  await wreck();
  await Promise.all(members.map((member, i) => member.leaves(before[i].downs + 1)));
}

/** The other way round, for those who have left and can not have come back yet. */
async function regain(members, mend) {
  const before = await Promise.all(members.map((member) => member.told()));
  await mend();
  await Promise.all(members.map((member, i) => member.comes(before[i].ups + 1)));
}

async function expectEachHeardOnce(ours, other, { meanwhile }) {
  expect(await ours.heard()).toEqual(other.said);
  const heard = await other.heard();
  const hasArrived = meanwhile === "may arrive" ? heard.includes(MEANWHILE) : meanwhile === "arrives";
  expect(heard).toEqual(ours.said.filter((text) => text !== MEANWHILE || hasArrived));
  const { refused, failures } = await ours.told();
  expect(refused).toEqual(meanwhile === "refused" ? [MEANWHILE] : []);
  expect(failures).toEqual([]);
}

async function leavesHungHandshakes({ ours, other, path }) {
  await ours.begin("suited", { path: "/hastened" });
  path.greet = (connection) => connection.swallow();
  path.reset();
  await expect.poll(() => ours.evaluate(() => SteadySocket.causes)).toContain("connect-timeout");
  path.greet = () => {};
  await ours.comes(2);
  await converse(ours, other, "after a handshake that hung");
}

async function noticesSilence({ ours, other, path }) {
  await ours.begin("suited", { path: "/hastened" });
  await expect.poll(() => ours.evaluate(() => SteadySocket.answers)).toBeGreaterThan(1);
  expect((await ours.told()).downs, "losses while heartbeats are answered").toBe(0);
  path.swallow();
  await ours.comes(2);
  expect(await ours.evaluate(() => SteadySocket.causes)).toContain("heartbeat-timeout");
  await converse(ours, other, "after silence");
}

/** Collects how many connections there were, whenever a new one finds an older one that stays. */
function watchForCrowds(path) {
  const crowds = [];
  path.greet = async () => {
    // The end of an older one may just be on its way to the proxy.
    await sleep(500);
    if (path.connections.size > 1) crowds.push(path.connections.size);
  };
  return crowds;
}

function titleOf({ packages, isMinimal }) {
  const names = packages.map((name) => `${name} ${versions[name]}`);
  return names.join(", ") + (isMinimal ? " (minimal server)" : "");
}
