import { echo, heard } from "../listening.js";

/** DOM §2.7 to §2.9. */
export default {
  section: "DOM, events and listeners",
  cases: {
    "an event's fields": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo")));
      await t.next(socket, "open");
      socket.send("text");
      await t.next(socket, "message");
      socket.send(new Uint8Array([1, 2, 3]));
      await t.next(socket, "message");
      socket.binaryType = "arraybuffer";
      socket.send(new Uint8Array([1, 2, 3]));
      await t.next(socket, "message");
      await t.tell("close", { code: 1000, reason: "bye" });
      await t.next(socket, "close");
    },
    "an event's fields when there is no connection": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo", { status: 500 })));
      await t.next(socket, "close");
    },
    isTrusted: async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.onopen = ({ isTrusted }) => t.note("open", isTrusted);
      await t.next(socket, "open");
    },
    "an event's time": async (t) => {
      const before = performance.now();
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const { timeStamp } = await t.next(socket, "open");
      t.note("between", typeof timeStamp, timeStamp >= before - 5, timeStamp <= performance.now() + 5);
    },
    "an event after its dispatch": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const event = await t.next(socket, "open");
      await t.task();
      t.event("later", event);
    },
    "what the event is an instance of": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const shown = (event) => {
        const classes = [Event, MessageEvent, CloseEvent].filter((each) => event instanceof each);
        t.note(event.type, classes, Object.getPrototypeOf(event) === classes.at(-1).prototype);
      };
      for (const type of ["open", "message", "error", "close"]) socket[`on${type}`] = shown;
      await t.next(socket, "open");
      await echo(t, socket);
      await t.tell("drop", { how: "reset" });
      await t.next(socket, "close");
    },
    "own properties of events": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const type of ["open", "message", "close"]) {
        socket[`on${type}`] = (event) => t.note(type, Object.keys(event), Reflect.ownKeys(event).length);
      }
      await t.next(socket, "open");
      await echo(t, socket);
      socket.close();
      await t.next(socket, "close");
    },
    "a message's ports are frozen, and the same at each reading": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.onmessage = (event) => {
        const { ports, data } = event;
        t.note("ports", ports, Object.isFrozen(ports), event.ports === ports);
        t.note("data", event.data === data);
      };
      await t.next(socket, "open");
      await echo(t, socket);
    },
    "all listeners get the same event": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const events = [];
      socket.onmessage = (event) => events.push(event);
      socket.addEventListener("message", (event) => events.push(event));
      await t.next(socket, "open");
      await echo(t, socket);
      events[0].mine = 1;
      t.note("same", events[0] === events[1], events[1].mine);
      await echo(t, socket);
      t.note("another", events[2] === events[0], events[2].mine);
    },
    "legacy members of events": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.onmessage = (event) => {
        t.note("cancelBubble", event.cancelBubble);
        event.returnValue = false;
        event.cancelBubble = true;
        t.note("set", event.returnValue, event.cancelBubble, event.defaultPrevented);
        t.attempt("initMessageEvent", () => event.initMessageEvent("other"));
        t.note("type", event.type);
      };
      await t.next(socket, "open");
      await echo(t, socket);
    },
    "an event cannot be dispatched while it is": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.onopen = (event) => {
        t.attempt("on itself", () => socket.dispatchEvent(event));
        t.attempt("elsewhere", () => new EventTarget().dispatchEvent(event));
      };
      const event = await t.next(socket, "open");
      await t.task();
      socket.onopen = ({ isTrusted, target }) => t.note("again", isTrusted, target);
      t.attempt("afterwards", () => socket.dispatchEvent(event));
    },
    once: async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", say("once"), { once: true });
      socket.addEventListener("message", say("always"));
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
      t.note("log", log);
    },
    signal: async (t) => {
      const { socket, log, say } = heard(t);
      const [now, later, within] = [0, 1, 2].map(() => new AbortController());
      now.abort();
      socket.addEventListener("message", say("aborted before"), { signal: now.signal });
      socket.addEventListener("message", say("aborted later"), { signal: later.signal });
      socket.addEventListener("message", () => within.abort());
      socket.addEventListener("message", say("aborted within"), { signal: within.signal });
      t.attempt("null", () => socket.addEventListener("message", say("null"), { signal: null }));
      await t.next(socket, "open");
      await echo(t, socket);
      later.abort();
      await echo(t, socket);
      t.note("log", log);
    },
    "capture comes first, at the target too": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", say("bubble"));
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("capture"), true);
      socket.addEventListener("message", say("capture by options"), { capture: true });
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "a listener for capture is another than the one without": async (t) => {
      const { socket, log, say } = heard(t);
      const listener = say("listener");
      socket.addEventListener("message", listener);
      socket.addEventListener("message", listener, true);
      await t.next(socket, "open");
      await echo(t, socket);
      socket.removeEventListener("message", listener);
      await echo(t, socket);
      t.note("log", log);
    },
    passive: async (t) => {
      const { socket } = heard(t);
      const prevented = [];
      socket.addEventListener("message", (event) => event.preventDefault(), { passive: true });
      socket.addEventListener("message", (event) => prevented.push(event.defaultPrevented));
      socket.dispatchEvent(new Event("message", { cancelable: true }));
      socket.addEventListener("message", (event) => event.preventDefault());
      socket.addEventListener("message", (event) => prevented.push(event.defaultPrevented));
      socket.dispatchEvent(new Event("message", { cancelable: true }));
      t.note("prevented", prevented);
      await t.next(socket, "open");
    },
    "preventDefault does nothing": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.addEventListener("message", (event) => {
        event.preventDefault();
        t.note("prevented", event.defaultPrevented, event.returnValue);
      });
      await t.next(socket, "open");
      await echo(t, socket);
    },
    "handleEvent objects": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const listener = {
        handleEvent(event) {
          t.note("first", this === listener, event.type);
          listener.handleEvent = () => t.note("replaced");
        },
      };
      socket.addEventListener("message", listener);
      const inherited = Object.create({ handleEvent: () => t.note("inherited") });
      socket.addEventListener("message", inherited);
      const callable = Object.assign(() => t.note("the function"), { handleEvent: () => t.note("not this") });
      socket.addEventListener("message", callable);
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
    },
    "the same listener twice": async (t) => {
      const { socket, log, say } = heard(t);
      const listener = say("listener");
      socket.addEventListener("message", listener);
      socket.addEventListener("message", say("other"));
      socket.addEventListener("message", listener, { once: true });
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
      t.note("log", log);
    },
    "a listener removed during the dispatch is not called": async (t) => {
      const { socket, log, say } = heard(t);
      const second = say("second");
      socket.addEventListener("message", () => socket.removeEventListener("message", second));
      socket.addEventListener("message", second);
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "a listener added during the dispatch is called from the next event on": async (t) => {
      const { socket, log, say } = heard(t);
      const added = say("added");
      socket.addEventListener("message", () => socket.addEventListener("message", added));
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
      await echo(t, socket);
      t.note("log", log);
    },
    "what is no listener": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const listener of [null, undefined, {}, 1, "text", Symbol("a")]) {
        t.attempt(`add ${typeof listener}`, () => socket.addEventListener("open", listener));
        t.attempt(`remove ${typeof listener}`, () => socket.removeEventListener("open", listener));
      }
      t.attempt("no arguments", () => socket.addEventListener());
      t.attempt("one argument", () => socket.addEventListener("open"));
      await t.next(socket, "open");
    },
    "the methods of an event target are inherited": async (t) => {
      for (const method of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
        t.note(method, t.WebSocket.prototype[method] === EventTarget.prototype[method]);
      }
      t.note("own", Object.hasOwn(t.WebSocket.prototype, "addEventListener"));
    },
  },
};
