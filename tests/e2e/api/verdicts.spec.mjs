import { expect, test } from "../support/test.mjs";

const STOP = [1000, 1002, 1003, 1007, 1008, 1009, 1010, 4400, 4450, 4499];
const RETRY = [1001, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4399, 4500, 4999];

test("the server's close code decides: some stop the session, the others do not", async ({
  blank,
  server,
}) => {
  const seen = await blank.evaluate(
    async ({ stop, retry }) => {
      const codes = [...stop, ...retry];
      const sessions = await Promise.all(
        codes.map((code) => opened(connect(address("/echo", { client: `code-${code}` })))),
      );
      const closed = sessions.map((session) => next(session, "close"));
      await Promise.all(
        codes.map((code) => fault("close", { client: `code-${code}`, code, reason: `r ${code}` })),
      );
      const ends = await Promise.all(closed);
      // Long enough for those that stop to come back, too, if they were wrong to.
      await Promise.all(sessions.slice(stop.length).map(opened));
      await Promise.all(sessions.slice(stop.length).map((session) => echoed(session, "back")));
      return ends.map(({ code, reason, wasClean, cause, willReconnect }, index) => ({
        end: { code, reason, wasClean, cause, willReconnect },
        state: sessions[index].state,
        retries: told(sessions[index], "retry").length,
      }));
    },
    { stop: STOP, retry: RETRY },
  );
  expect(seen).toHaveLength(STOP.length + RETRY.length);
  for (const [index, code] of [...STOP, ...RETRY].entries()) {
    const willReconnect = index >= STOP.length;
    const end = { code, reason: `r ${code}`, wasClean: true, cause: "server-close", willReconnect };
    expect(seen[index], `code ${code}`).toEqual({
      end,
      state: willReconnect ? "open" : "closed",
      retries: willReconnect ? 1 : 0,
    });
    expect(await server.logged(`code-${code}`, "open")).toHaveLength(willReconnect ? 2 : 1);
  }
});

test("a restarting server (1012, then refusals) is found again", async ({ blank }) => {
  const { causes, codes, answer } = await blank.evaluate(async () => {
    const session = await opened(connect("/echo"));
    const closed = next(session, "close");
    const reopened = next(session, "open");
    await fault("restart", { ms: 600 });
    // The server's answer may be here before its farewell.
    await closed;
    session.send("meanwhile");
    await reopened;
    const closes = told(session, "close");
    await until(() => told(session, "message").length === 1);
    return {
      causes: closes.map(({ cause }) => cause),
      codes: closes.map(({ code }) => code),
      answer: told(session, "message")[0].data,
    };
  });
  expect([causes[0], codes[0]]).toEqual(["server-close", 1012]);
  for (const cause of causes.slice(1)) expect(cause).toBe("never-opened");
  expect(answer).toBe("meanwhile");
});

test("the retry option overrules the verdict", async ({ blank }) => {
  const seen = await blank.evaluate(async () => {
    const cases = {
      stopped: [4000, () => false],
      revived: [4400, () => true],
      delayed: [1000, () => 250],
      atOnce: [4000, () => 0],
      noOpinionStop: [4400, () => undefined],
      noOpinionRetry: [4000, () => undefined],
    };
    const run = async ([client, [code, retry]]) => {
      const endings = [];
      const session = await opened(
        connect(address("/echo", { client }), {
          retry: (ending) => {
            endings.push(ending);
            return retry(ending);
          },
        }),
      );
      const closed = next(session, "close");
      await fault("close", { client, code, reason: "because" });
      const { willReconnect } = await closed;
      if (willReconnect) await opened(session);
      const delays = told(session, "retry").map(({ delay }) => delay);
      return [client, { willReconnect, state: session.state, delays, endings }];
    };
    return Object.fromEntries(await Promise.all(Object.entries(cases).map(run)));
  });
  const ending = { cause: "server-close", reason: "because", wasClean: true };
  expect(seen.stopped).toMatchObject({ willReconnect: false, state: "closed", delays: [] });
  expect(seen.stopped.endings).toEqual([{ ...ending, code: 4000, willRetry: true }]);
  expect(seen.revived).toMatchObject({ willReconnect: true, state: "open" });
  expect(seen.revived.endings).toEqual([{ ...ending, code: 4400, willRetry: false }]);
  expect(seen.delayed).toMatchObject({ willReconnect: true, state: "open", delays: [250] });
  expect(seen.atOnce).toMatchObject({ willReconnect: true, state: "open", delays: [0] });
  expect(seen.noOpinionStop).toMatchObject({ willReconnect: false, state: "closed" });
  expect(seen.noOpinionRetry).toMatchObject({ willReconnect: true, state: "open" });
});

test("the retry option sees failed attempts, and is not asked about close()", async ({ blank }) => {
  const { endings, final } = await blank.evaluate(async () => {
    await fault("refuse", { ms: 600_000, mode: "reject" });
    const endings = [];
    const session = connect("/echo", {
      retry: ({ cause, code, wasClean, willRetry }) => {
        endings.push({ cause, code, wasClean, willRetry });
        return endings.length < 3 ? 10 : undefined;
      },
    });
    await until(() => endings.length === 3);
    await fault("clear");
    await opened(session);
    const asked = endings.length;
    const over = next(session, "close");
    session.close();
    const { cause, willReconnect } = await over;
    return { endings: endings.slice(0, 3), final: { cause, willReconnect, asked: endings.length - asked } };
  });
  expect(endings).toEqual(
    Array(3).fill({ cause: "never-opened", code: 1006, wasClean: false, willRetry: true }),
  );
  expect(final).toEqual({ cause: "user", willReconnect: false, asked: 0 });
});

test("a retry option that throws is reported, and the session lives on", async ({ blank }) => {
  const { reported, state } = await blank.evaluate(async () => {
    const reported = [];
    addEventListener("error", (event) => {
      reported.push(event.error?.message);
      event.preventDefault();
    });
    const session = await opened(
      connect("/echo", {
        retry: () => {
          throw new Error("retry broke");
        },
      }),
    );
    const reopened = next(session, "open");
    await fault("drop");
    await reopened;
    return { reported, state: session.state };
  });
  expect(state).toBe("open");
  expect(new Set(reported)).toEqual(new Set(["retry broke"]));
});
