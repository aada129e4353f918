import { expect } from "@playwright/test";

/** How long a session lasts, and what is read of it. */
export function life(test) {
  test.describe("a component's session", () => {
    for (const [name, query] of [
      ["Runes", "runes"],
      ["Store", "store"],
    ]) {
      test(`${name}: one socket while it is there, none after`, async ({ scene }) => {
        await scene.show(name);
        await scene.text("state").toHaveText("open");
        await scene.text("url").toHaveText(`${scene.server}?${query}`);
        await scene.click("Send");
        await scene.text("last").toHaveText(/^from/);
        await scene.expectSockets(query, 1, 0);

        await scene.click("Toggle");
        await scene.expectSockets(query, 1, 1);
        expect(scene.codes(query)).toEqual([1000]);

        await scene.click("Toggle");
        await scene.text("state").toHaveText("open");
        await scene.text("last").toHaveText("nothing");
        await scene.expectSockets(query, 2, 1);
      });
    }

    test("is one for store and runes, and lasts while the component does", async ({ scene }) => {
      await scene.show("Both");
      for (const id of ["store", "runes"]) await scene.text(id).toHaveText("open");
      await scene.text("derived").toHaveText("OPEN");
      for (const name of ["Store", "Runes", "Store", "Runes"]) await scene.click(name);
      for (const id of ["store", "runes"]) await scene.text(id).toHaveText("open");
      await scene.expectSockets("both", 1, 0);

      await scene.click("Toggle");
      await scene.expectSockets("both", 1, 1);
    });

    for (const name of ["Silent", "SilentLegacy"]) {
      test(`${name}: is open although nobody reads it`, async ({ scene }) => {
        await scene.show(name);
        await scene.expectSockets("silent", 1, 0);
        await scene.click("Send");
        await scene.text("lines").toHaveText("from silence");
        await scene.click("Toggle");
        await scene.expectSockets("silent", 1, 1);
      });
    }

    test("takes what is sent before the component is mounted", async ({ scene }) => {
      await scene.show("SendFirst");
      await scene.text("lines").toHaveText("one,two");
      await scene.expectSockets("first", 1, 0);
      expect(scene.sent("first")).toEqual(["one", "two"]);
    });

    test("ends by close() until reconnect()", async ({ scene }) => {
      await scene.show("Runes");
      await scene.text("state").toHaveText("open");
      await scene.click("Close");
      await scene.text("state").toHaveText("closed");
      await scene.expectSockets("runes", 1, 1);
      expect(scene.codes("runes")).toEqual([4000]);
      await scene.click("Reconnect");
      await scene.text("state").toHaveText("open");
      await scene.expectSockets("runes", 2, 1);
    });

    test("comes back with the server", async ({ scene, witness }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Runes");
      await scene.text("state").toHaveText("open");
      await witness.kill();
      await scene.text("state").not.toHaveText("open");
      await witness.restart();
      await scene.text("state").toHaveText("open", { timeout: 40_000 });
      await scene.click("Send");
      await scene.text("last").toHaveText("from runes");
      await scene.expectSockets("runes", 2, 1);
    });

    test("that cannot be made is an error of its component", async ({ scene }) => {
      await scene.show("Invalid");
      await scene.text("failed").toHaveText(/^SyntaxError: .*ftp/);
    });

    test("takes what is sent when the component is gone, and closes when it has left", async ({ scene }) => {
      await scene.show("Effects");
      await scene.text("state").toHaveText("open");
      await scene.click("Toggle");
      await scene.expectSockets("effects", 1, 1);
      await scene.page.evaluate(() => globalThis.effects.chat.send("late"));
      await scene.expectSockets("effects", 2, 2);
      expect(scene.sent("effects")).toEqual(["late"]);
    });

    test("is watched by nobody for what is sent while it is away", async ({ scene, witness }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Effects");
      await scene.text("state").toHaveText("open");
      await witness.kill();
      await scene.text("state").not.toHaveText("open");
      const asked = await scene.page.evaluate(() => {
        const { chat } = globalThis.effects;
        let asked = 0;
        const original = chat.socket.drained;
        chat.socket.drained = () => {
          asked++;
          return original.call(chat.socket);
        };
        for (let number = 0; number < 1000; number++) chat.send(`${number}`);
        return new Promise((resolve) => setTimeout(() => resolve(asked)));
      });
      expect(asked).toBe(0);
    });
  });

  test.describe("a module's session", () => {
    test("is shared: from the first reader to the last", async ({ scene }) => {
      await scene.show("Shared");
      await scene.expectSockets("shared", 0, 0);
      await scene.click("Add");
      await scene.click("Add");
      await expect(scene.page.locator(".reader")).toHaveText(["open open", "open open"]);
      await scene.click("Remove");
      await scene.expectSockets("shared", 1, 0);
      await scene.click("Remove");
      await scene.expectSockets("shared", 1, 1);
      await scene.click("Add");
      await expect(scene.page.locator(".reader")).toHaveText(["open open"]);
      await scene.expectSockets("shared", 2, 1);
    });

    test("outlives a reader that makes way for another", async ({ scene }) => {
      await scene.show("Shared");
      await scene.click("Add");
      await expect(scene.page.locator(".reader")).toHaveText(["open open"]);
      await scene.click("Replace");
      await scene.click("Replace");
      await scene.expectSockets("shared", 1, 0);
    });

    test("outlives an effect that subscribes to it anew", async ({ scene }) => {
      await scene.show("Shared");
      await scene.click("Keep");
      await scene.expectSockets("shared", 1, 0);
      await scene.click("Keep anew");
      await scene.click("Keep anew");
      await scene.text("kept").toHaveText("2");
      await scene.expectSockets("shared", 1, 0);
    });

    test("is kept by an effect that subscribes to it", async ({ scene }) => {
      await scene.show("Shared");
      await scene.click("Keep");
      await scene.expectSockets("shared", 1, 0);
      await scene.click("Send");
      await scene.text("heard").toHaveText("from nobody");
      await scene.click("Add");
      await scene.click("Keep");
      await scene.expectSockets("shared", 1, 0);
      await scene.click("Remove");
      await scene.expectSockets("shared", 1, 1);
    });

    test("opens for a message that nobody waits for, and closes when it has left", async ({ scene }) => {
      await scene.show("Shared");
      await scene.click("Send");
      await scene.expectSockets("shared", 1, 1);
      expect(scene.sent("shared")).toEqual(["from nobody"]);
    });

    for (const leaving of [["Send and leave"], ["Send", "Leave"], ["Leave", "Send"]]) {
      test(`is kept for what waits, until the server is back: ${leaving.join(", ")}`, async ({
        scene,
        witness,
      }) => {
        scene.expectComplaint(/WebSocket|establish|interrupted/);
        await scene.show("Kept");
        await scene.text("state").toHaveText("open");
        await witness.kill();
        await scene.text("state").not.toHaveText("open");
        for (const name of leaving) await scene.click(name);
        await expect(scene.page.locator("#state")).toHaveCount(0);
        await witness.restart();
        await scene.expectSockets("kept", 2, 2);
        expect(scene.sent("kept")).toEqual(["important"]);
      });
    }

    test("that cannot be made is an error of each reader", async ({ scene }) => {
      await scene.show("InvalidShared");
      await expect(scene.page.locator(".failed")).toHaveText(["SyntaxError"]);
      await scene.click("Add");
      await expect(scene.page.locator(".failed")).toHaveText(["SyntaxError", "SyntaxError"]);
    });

    test("is kept by a reader that comes while a message leaves", async ({ scene }) => {
      await scene.show("Shared");
      await scene.page.evaluate(() => {
        for (const name of ["Send", "Add"]) {
          const buttons = [...document.querySelectorAll("button")];
          buttons.find(({ textContent }) => textContent === name).click();
        }
      });
      await scene.text("heard").toHaveText("from nobody");
      await scene.expectSockets("shared", 1, 0);
    });
  });

  test.describe("what is read", () => {
    test("a burst: every message is handled, in order, and effects run for what they read alone", async ({
      scene,
    }) => {
      await scene.show("Effects");
      await scene.text("state").toHaveText("open");
      const before = await scene.page.evaluate(() => ({ ...globalThis.effects.runs }));
      const { lines, runs, stored } = await scene.page.evaluate(async () => {
        const { chat, lines, runs, stored } = globalThis.effects;
        for (let number = 0; number < 1000; number++) chat.send(`${number}`);
        await new Promise((resolve) => {
          const { socket } = chat;
          socket.addEventListener("message", () => lines.length === 1000 && resolve());
        });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        return { lines, runs, stored };
      });
      expect(lines).toEqual(Array.from({ length: 1000 }, (_, number) => `${number}`));
      expect(stored).toEqual(lines);
      expect(runs.state).toBe(before.state);
      expect(runs.socket).toBe(1);
      expect(runs.lastMessage).toBeGreaterThan(0);
      await scene.expectSockets("effects", 1, 0);
    });

    test("in an effect, what handlers read and write is not the effect's", async ({ scene }) => {
      scene.expectComplaint(/before the connection is established|interrupted|establish/);
      await scene.show("Deeds");
      await scene.text("last").toHaveText("in an effect 1");
      await scene.text("states").toHaveText(/connecting,.*open/);
      await scene.click("Twice");
      await scene.text("last").toHaveText("in an effect 3");
      await scene.text("state").toHaveText("open");
    });
  });
}
