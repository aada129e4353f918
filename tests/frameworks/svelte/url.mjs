import { expect } from "@playwright/test";

/** What becomes of a session when its URL changes. */
export function urls(test) {
  test.describe("a URL that changes", () => {
    for (const name of ["Followed", "FollowedLegacy", "Derived", "DerivedStore", "Key"]) {
      test(`${name}: one close, one open`, async ({ scene }) => {
        await scene.show(name);
        await scene.text("state").toHaveText("open");
        await scene.click("Send");
        await scene.text("last").toHaveText("to a");
        await scene.click("To b");
        await scene.expectSockets("room=a", 1, 1);
        await scene.text("state").toHaveText("open");
        await scene.text("last").toHaveText("nothing");
        await scene.click("Send");
        await scene.text("last").toHaveText("to b");
        await scene.expectSockets("room=b", 1, 0);
        expect(scene.codes("room=a")).toEqual([1000]);
        expect(scene.sent("room=b")).toEqual(["to b"]);

        await scene.click("Toggle");
        await scene.expectSockets("room=b", 1, 1);
        await scene.expectSockets("room=a", 1, 1);
      });
    }

    test("Line: followed where nothing but the message is read", async ({ scene }) => {
      await scene.show("Line");
      await scene.expectSockets("room=a", 1, 0);
      await scene.click("To b");
      await scene.expectSockets("room=b", 1, 0);
      await scene.click("To c");
      await scene.expectSockets("room=b", 1, 1);
      await scene.expectSockets("room=c", 1, 0);
      await scene.click("Send");
      await scene.text("last").toHaveText("c: to c");
      await scene.expectSockets("room=a", 1, 1);
    });

    test("Handover: followed when the first reader goes just then", async ({ scene }) => {
      await scene.show("Handover");
      await scene.expectSockets("room=a", 1, 0);
      await scene.click("Second");
      await expect(scene.page.locator(".reader")).toHaveCount(2);
      await scene.click("To b without the first");
      await scene.expectSockets("room=a", 1, 1);
      await scene.expectSockets("room=b", 1, 0);
      await scene.click("To c");
      await scene.expectSockets("room=b", 1, 1);
      await scene.expectSockets("room=c", 1, 0);
      await scene.click("Send");
      await expect(scene.page.locator(".reader")).toHaveText(["to c"]);
    });

    test("Refused: the session before has ended, and each who would send is told", async ({ scene }) => {
      scene.expectComplaint(/not this one/);
      await scene.show("Refused");
      await scene.text("state").toHaveText("open");
      for (const name of ["To b", "Send"]) {
        const thrown = scene.page.waitForEvent("pageerror");
        await scene.click(name);
        expect(String(await thrown)).toContain("not this one");
        await scene.text("state").toHaveText("idle");
        await scene.text("url").toHaveText("nowhere");
        await scene.expectSockets("room=a", 1, 1);
      }
      await scene.click("To c");
      await scene.text("state").toHaveText("open");
      await scene.expectSockets("room=c", 1, 0);
      expect(scene.sent("room=a")).toEqual([]);
    });

    test("Woken: is none of an effect's that reconnects", async ({ scene }) => {
      scene.expectComplaint(/before the connection is established|interrupted|establish/);
      await scene.show("Woken");
      await scene.text("state").toHaveText("open");
      await scene.click("Wake");
      await scene.text("runs").toHaveText("2");
      await scene.expectSockets("room=a", 2, 1);
      await scene.click("To b");
      await scene.expectSockets("room=b", 1, 0);
      await scene.text("runs").toHaveText("2");
    });

    test("Followed: nothing is heard of the session that is left", async ({ scene }) => {
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await scene.click("To b");
      await scene.expectSockets("room=a", 1, 1);
      await scene.text("state").toHaveText("open");
      await scene.click("Send");
      await scene.text("last").toHaveText("to b");
      await scene.text("failure").toHaveText("");
    });

    test("Followed: what waited for the session that is left is given up with a word", async ({
      scene,
      witness,
    }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await witness.kill();
      await scene.text("state").not.toHaveText("open");
      await scene.click("Send");
      await scene.click("To b");
      await scene.text("dropped").toHaveText("to a closed");
      await witness.restart();
      await scene.text("state").toHaveText("open", { timeout: 40_000 });
      expect(scene.sent("room=b")).toEqual([]);
    });

    test("Followed: what waited when the component went is given up with a word", async ({
      scene,
      witness,
    }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await witness.kill();
      await scene.text("state").not.toHaveText("open");
      await scene.click("Send");
      await scene.click("Toggle");
      await expect.poll(() => scene.page.evaluate(() => globalThis.dropped)).toBe("to a closed");
    });

    test("Effect: a session of its own for each run", async ({ scene }) => {
      await scene.show("Effect");
      await scene.expectSockets("room=a", 1, 0);
      await scene.click("Send");
      await scene.text("lines").toHaveText("to a");
      await scene.click("To b");
      await scene.expectSockets("room=a", 1, 1);
      await scene.expectSockets("room=b", 1, 0);
      await scene.click("Send");
      await scene.text("lines").toHaveText("to a,to b");
      await scene.click("Toggle");
      await scene.expectSockets("room=b", 1, 1);
    });
  });

  test.describe("a function as URL", () => {
    test("is asked once for each attempt", async ({ scene, witness }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Provider");
      await scene.text("state").toHaveText("open");
      await scene.text("asked").toHaveText("1");
      await scene.expectSockets("token=1", 1, 0);
      await witness.kill();
      await scene.text("state").not.toHaveText("open");
      await witness.restart();
      await scene.text("state").toHaveText("open");
      await scene.click("Send");
      await scene.text("last").toHaveText("from a provider");
      const asked = Number(await scene.page.locator("#asked").textContent());
      expect(asked).toBeGreaterThan(1);
      await scene.expectSockets(`token=${asked}`, 1, 0);
      const { attempts } = await scene.page.evaluate(() => globalThis.provided.socket.stats());
      expect(asked).toBe(attempts);
    });

    test("changes nothing by giving the same again", async ({ scene }) => {
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await scene.text("asked").toHaveText("1");
      await scene.click("Stay");
      await scene.text("asked").toHaveText("2");
      await scene.expectSockets("room=a", 1, 0);
    });

    test("ends the session by giving none", async ({ scene }) => {
      scene.expectComplaint(/no URL/);
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await scene.click("Nowhere");
      await scene.text("state").toHaveText("idle");
      await scene.expectSockets("room=a", 1, 1);
      const thrown = scene.page.waitForEvent("pageerror");
      await scene.click("Send");
      expect(String(await thrown)).toContain("no URL");
      await scene.click("To b");
      await scene.text("state").toHaveText("open");
      await scene.expectSockets("room=b", 1, 0);
    });

    test("that has none for another attempt has failed, and is asked again", async ({ scene, witness }) => {
      scene.expectComplaint(/WebSocket|establish|interrupted/);
      await scene.show("Plain");
      await scene.text("state").toHaveText("open");
      await witness.kill();
      await witness.restart();
      await scene.text("failures").toHaveText(/^connection-lost,url-failed,url-failed,url-failed(,|$)/);
      await scene.text("state").toHaveText("open");
      await scene.expectSockets("plain", 2, 1);
      expect(witness.of("open").filter(({ query }) => !["plain", "sentinel"].includes(query))).toEqual([]);
    });

    test("that throws is a failed attempt, and another follows", async ({ scene }) => {
      await scene.show("Followed");
      await scene.text("state").toHaveText("open");
      await scene.click("Fail");
      await scene.text("state").toHaveText("waiting");
      await scene.text("failure").toHaveText("url-failed TypeError");
      await scene.expectSockets("room=a", 1, 1);
      await scene.click("To b");
      await scene.text("state").toHaveText("open");
      await scene.expectSockets("room=b", 1, 0);
    });
  });
}
