import { echo, heard } from "../listening.js";

const TYPES = ["open", "message", "error", "close"];

/** HTML §8.1.8.1: event handler attributes. */
export default {
  section: "HTML, event handlers",
  cases: {
    ...Object.fromEntries(
      TYPES.map((type) => [
        `values of on${type}`,
        async (t) => {
          const socket = t.own(new t.WebSocket(t.url("/echo")));
          const key = `on${type}`;
          const handler = () => {};
          class Handler {}
          const callable = new Proxy(handler, {});
          const object = { handleEvent() {} };
          for (const value of [handler, callable, Handler, object, {}, [], /a/, socket, new Date(0)]) {
            socket[key] = value;
            t.note("an object", socket[key] === value, typeof socket[key]);
          }
          for (const value of [null, undefined, 0, 1, "", "text", true, false, Symbol("a"), 1n, NaN]) {
            socket[key] = handler;
            socket[key] = value;
            t.note(`${typeof value}`, socket[key]);
          }
        },
      ]),
    ),
    "every handler is called, with the socket as this and the event as its argument": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const type of TYPES) {
        socket[`on${type}`] = function (...given) {
          t.event(type, given[0], this);
          t.note("arguments", given.length);
        };
      }
      await t.next(socket, "open");
      socket.send("a");
      await t.next(socket, "message");
      socket.close();
      await t.next(socket, "close");
    },
    "onerror has one argument, the event, unlike a window's": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo", { status: 404 })));
      socket.onerror = function (...given) {
        t.note("arguments", given.length, Object.prototype.toString.call(given[0]), this);
      };
      await t.next(socket, "close");
    },
    "a handler's place is where it was first set": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", say("first"));
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("second"));
      await t.next(socket, "open");
      await echo(t, socket);
      socket.onmessage = say("another handler");
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler that was null and is set again comes last": async (t) => {
      const { socket, log, say } = heard(t);
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("listener"));
      await t.next(socket, "open");
      await echo(t, socket);
      socket.onmessage = null;
      await echo(t, socket);
      socket.onmessage = say("handler again");
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler set to what is no object counts as null": async (t) => {
      const { socket, log, say } = heard(t);
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("listener"));
      socket.onmessage = "text";
      socket.onmessage = say("handler again");
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler that is an object keeps its place, and calls nothing": async (t) => {
      const { socket, log, say } = heard(t);
      socket.onmessage = { handleEvent: say("handleEvent"), call: say("call") };
      socket.addEventListener("message", say("listener"));
      await t.next(socket, "open");
      await echo(t, socket);
      socket.onmessage = say("handler");
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler set within a handler": async (t) => {
      const { socket, log, say } = heard(t);
      socket.onmessage = () => {
        log.push("first");
        socket.onmessage = say("second");
      };
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler set within a listener before it": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", () => {
        socket.onmessage = say("set within");
      });
      socket.onmessage = say("set before");
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "a first handler set within a listener is not called for that event": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", () => {
        socket.onmessage ??= say("handler");
      });
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler set to null within a listener before it": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", () => {
        socket.onmessage = null;
      });
      socket.onmessage = say("handler");
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "a handler set to null and back within a listener before it": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener(
        "message",
        () => {
          socket.onmessage = null;
          socket.onmessage = say("set anew");
        },
        { once: true },
      );
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("listener"));
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
      t.note("log", log);
    },
    "a function that is handler and listener is called twice": async (t) => {
      const { socket, log, say } = heard(t);
      const both = say("both");
      socket.onmessage = both;
      socket.addEventListener("message", both);
      socket.removeEventListener("message", both);
      socket.addEventListener("message", both);
      await t.next(socket, "open");
      await echo(t, socket);
      socket.removeEventListener("message", both);
      await echo(t, socket);
      t.note("log", log, socket.onmessage === both);
    },
    "a function that handles several types": async (t) => {
      const { socket, log } = heard(t);
      const handler = ({ type }) => log.push(type);
      for (const type of TYPES) socket[`on${type}`] = handler;
      await t.next(socket, "open");
      await echo(t, socket);
      socket.close();
      await t.next(socket, "close");
      t.note("log", log);
    },
    "a handler that returns false cancels what can be cancelled": async (t) => {
      const { socket } = heard(t);
      for (const value of [false, true, undefined, null, 0, ""]) {
        socket.onmessage = () => value;
        const event = new Event("message", { cancelable: true });
        t.note(String(value), socket.dispatchEvent(event), event.defaultPrevented);
      }
      socket.onmessage = () => false;
      const event = new Event("message");
      t.note("not cancelable", socket.dispatchEvent(event), event.defaultPrevented);
      socket.onerror = () => true;
      const error = new ErrorEvent("error", { cancelable: true });
      t.note("true of onerror", socket.dispatchEvent(error), error.defaultPrevented);
      socket.onerror = () => false;
      const another = new Event("error", { cancelable: true });
      t.note("false of onerror", socket.dispatchEvent(another), another.defaultPrevented);
      await t.next(socket, "open");
    },
    "handlers of a synthetic event": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const type of TYPES) {
        socket[`on${type}`] = function (event) {
          t.note(
            type,
            Object.prototype.toString.call(event),
            this,
            event.isTrusted,
            event.target,
            event.eventPhase,
          );
        };
      }
      for (const type of TYPES) t.note("dispatched", socket.dispatchEvent(new Event(type)));
      t.note("with data", socket.dispatchEvent(new MessageEvent("message", { data: { a: 1 } })));
      t.note("readyState", socket.readyState);
      await t.next(socket, "open");
    },
    "handlers that no WebSocket has": async (t) => {
      const { socket, log, say } = heard(t);
      socket.onping = say("ping");
      socket.dispatchEvent(new Event("ping"));
      t.note("log", log, Reflect.ownKeys(socket));
      await t.next(socket, "open");
    },
    "a handler with bind and an async one": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.onopen = async function () {
        await null;
        t.note("this", this);
      };
      socket.onmessage = function ({ data }) {
        t.note("bound", this, data);
      }.bind({ mine: true });
      await t.next(socket, "open");
      await echo(t, socket);
    },
    "a handler whose getter is read for another socket": async (t) => {
      const [first, second] = [0, 1].map(() => t.own(new t.WebSocket(t.url("/echo"))));
      first.onmessage = () => {};
      t.note("of the other", second.onmessage);
      const { get, set } = Object.getOwnPropertyDescriptor(t.Interface.prototype, "onmessage");
      t.note("returns", set.call(second, first.onmessage), get.call(second) === first.onmessage);
      await t.next(first, "open");
      await t.next(second, "open");
    },
  },
};
