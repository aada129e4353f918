import { echo, heard } from "../listening.js";

const TYPES = ["open", "message", "error", "close"];

/** DOM §2.10 and HTML §8.1.4.6: what a listener throws is reported, and nothing else happens. */
export default {
  section: "DOM and HTML, errors in listeners",
  cases: {
    "an error in a listener reaches the scope, and the others are called": {
      alone: true,
      run: async (t) => {
        const { socket, log, say } = heard(t);
        const thrown = new RangeError("mine");
        const reported = errorsOf();
        socket.addEventListener("message", () => {
          throw thrown;
        });
        socket.onmessage = () => {
          log.push("handler");
          throw thrown;
        };
        socket.addEventListener("message", say("last"));
        await t.next(socket, "open");
        await echo(t, socket);
        await echo(t, socket);
        t.note("log", log);
        t.note(
          "reported",
          reported.end().map(({ error, type }) => [type, error === thrown]),
        );
      },
    },
    "an error's report comes before the next listener": {
      alone: true,
      run: async (t) => {
        const { socket, log, say } = heard(t);
        const reported = errorsOf(() => log.push("reported"));
        socket.addEventListener("message", () => {
          log.push("throws");
          throw new Error("mine");
        });
        socket.addEventListener("message", say("next"));
        await t.next(socket, "open");
        await echo(t, socket);
        reported.end();
        t.note("log", log);
      },
    },
    "errors in listeners of each event": {
      alone: true,
      run: async (t) => {
        const socket = t.own(new t.WebSocket(t.url("/echo")));
        const reported = errorsOf();
        for (const type of TYPES) {
          socket[`on${type}`] = () => {
            throw new Error(type);
          };
        }
        await t.next(socket, "open");
        await echo(t, socket);
        await t.tell("frame", { opcode: 11 });
        await t.next(socket, "close");
        await t.task();
        for (const type of TYPES) socket[`on${type}`] = null;
        t.note(
          "reported",
          reported.end().map(({ error }) => error.message),
          socket.readyState,
        );
      },
    },
    "what is thrown need not be an error": {
      alone: true,
      run: async (t) => {
        const socket = t.own(new t.WebSocket(t.url("/echo")));
        const reported = errorsOf();
        for (const value of [undefined, null, "text", 7, { a: 1 }]) {
          socket.addEventListener("message", () => {
            throw value;
          });
        }
        await t.next(socket, "open");
        await echo(t, socket);
        t.note(
          "reported",
          reported.end().map(({ error }) => error),
        );
      },
    },
    "handleEvent objects without a method, and with one that throws when read": {
      alone: true,
      run: async (t) => {
        const { socket, log, say } = heard(t);
        const reported = errorsOf();
        socket.addEventListener("message", {});
        socket.addEventListener("message", { handleEvent: 1 });
        socket.addEventListener("message", {
          get handleEvent() {
            throw new RangeError("mine");
          },
        });
        socket.addEventListener("message", say("last"));
        await t.next(socket, "open");
        await echo(t, socket);
        t.note(
          "reported",
          reported.end().map(({ error }) => error),
          log,
        );
      },
    },
    "a promise that a listener returns is nobody's": {
      alone: true,
      run: async (t) => {
        const socket = t.own(new t.WebSocket(t.url("/echo")));
        const rejected = new Promise((resolve) => {
          addEventListener(
            "unhandledrejection",
            (event) => {
              event.preventDefault();
              resolve(event.reason);
            },
            { once: true },
          );
        });
        socket.onmessage = async () => {
          throw new RangeError("mine");
        };
        await t.next(socket, "open");
        await echo(t, socket);
        t.note("rejected", await rejected);
      },
    },
  },
};

/** The errors that reach the scope from now on until `end`, which returns them as events. */
function errorsOf(told = () => {}) {
  const events = [];
  const listener = (event) => {
    // They are expected, and a worker's page need not hear of them.
    event.preventDefault();
    events.push(event);
    told();
  };
  addEventListener("error", listener);
  return {
    end() {
      removeEventListener("error", listener);
      return events;
    },
  };
}
