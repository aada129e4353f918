export default {
  section: "WHATWG WebSockets §3.1, constructor: how it is called",
  cases: {
    "what is there right after": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo")));
      t.state("at once", socket, { buffered: true });
      for (const type of ["open", "message", "error", "close"]) t.note(`on${type}`, socket[`on${type}`]);
      await Promise.resolve();
      t.state("a microtask later", socket, { buffered: true });
      await t.next(socket, "open");
    },
    "an echo, from the constructor to the close": async (t) => {
      const socket = t.watch(new t.WebSocket(t.url("/echo")), "socket", { buffered: true });
      await t.next(socket, "open");
      socket.send("grüß dich");
      await t.next(socket, "message");
      socket.close(3000, "enough");
      t.state("after close()", socket);
      await t.next(socket, "close");
      const { messages, close } = await t.heard({ closed: true });
      t.note("the server heard", messages, close);
    },
    "without new": async (t) => {
      const { WebSocket } = t;
      t.attempt("called", () => WebSocket(t.url("/echo")));
      t.attempt("called on an instance", () =>
        WebSocket.call(Object.create(WebSocket.prototype), t.url("/echo")),
      );
      t.attempt("applied without arguments", () => WebSocket.apply(null, []));
    },
    "without arguments": async (t) => {
      t.attempt("new", () => new t.WebSocket());
      t.attempt("Reflect.construct", () => Reflect.construct(t.WebSocket, []));
    },
    "more arguments than two are not looked at": async (t) => {
      const looked = [];
      const third = new Proxy({}, { get: (_, key) => looked.push(String(key)) });
      const socket = t.own(new t.WebSocket(t.url("/echo"), [], third, third));
      await t.next(socket, "open");
      t.note("looked at", looked);
    },
    "the order in which arguments are converted": async (t) => {
      const log = [];
      const said = (what, value) => {
        log.push(what);
        return value;
      };
      const url = {
        get toString() {
          return said("get url.toString", () => said("url.toString()", t.url("/echo")));
        },
      };
      const item = { toString: () => said("item.toString()", "chat") };
      const iterator = {
        count: 0,
        get next() {
          return said("get next", () => ({
            get done() {
              return said("get done", iterator.count++ > 0);
            },
            get value() {
              return said("get value", item);
            },
          }));
        },
        get return() {
          return said("get return", undefined);
        },
      };
      const protocols = {
        get [Symbol.iterator]() {
          return said("get @@iterator", () => said("@@iterator()", iterator));
        },
        get toString() {
          return said("get protocols.toString");
        },
      };
      const socket = t.own(new t.WebSocket(url, protocols));
      t.note("log", log);
      await t.next(socket, "open");
      t.note("log, open", log);
    },
    "an iterator is not closed when an item cannot be converted": async (t) => {
      const log = [];
      const iterator = {
        next: () => ({ done: false, value: Symbol("a") }),
        return: () => {
          log.push("return");
          return {};
        },
      };
      t.attempt("new", () => new t.WebSocket(t.url("/echo"), { [Symbol.iterator]: () => iterator }));
      t.note("log", log);
    },
    "conversion to a string goes by Symbol.toPrimitive, with its hint": async (t) => {
      const hints = [];
      const convertible = (text) => ({
        [Symbol.toPrimitive](hint) {
          hints.push(hint);
          return text;
        },
      });
      const socket = t.own(new t.WebSocket(convertible(t.url("/echo")), convertible("chat")));
      await t.next(socket, "open");
      t.note("hints", hints, socket.protocol);
    },
    "a URL that cannot be converted goes before protocols that cannot": async (t) => {
      const log = [];
      const throwing = (error) => ({
        toString() {
          log.push(error.name);
          throw error;
        },
      });
      t.attempt("new", () => new t.WebSocket(throwing(new RangeError()), throwing(new EvalError())));
      t.attempt("new, bad URL", () => new t.WebSocket("ftp://127.0.0.1", throwing(new EvalError())));
      t.note("log", log);
    },
    "what it throws": async (t) => {
      for (const [name, args] of Object.entries({
        url: ["ftp://127.0.0.1"],
        protocol: [t.url("/echo"), "a b"],
      })) {
        try {
          new t.WebSocket(...args);
          t.note(name, "did not throw");
        } catch (error) {
          t.note(
            name,
            error,
            error instanceof DOMException,
            error instanceof SyntaxError,
            error instanceof Error,
          );
          t.note(
            `${name}, in detail`,
            error.name,
            error.code,
            error.constructor === DOMException,
            typeof error.message,
          );
          t.note(
            `${name}, tag`,
            Object.prototype.toString.call(error),
            Object.getPrototypeOf(error) === DOMException.prototype,
          );
        }
      }
    },
    "a constructor that throws connects to nothing": async (t) => {
      t.attempt("new", () => new t.WebSocket(t.url("/echo", { which: "bad" }), "a b"));
      const socket = t.own(new t.WebSocket(t.url("/echo", { which: "good" })));
      await t.next(socket, "open");
      const { url, connections } = await t.heard();
      t.note("the server saw", url, connections);
    },
    "a subclass": async (t) => {
      class Mine extends t.WebSocket {
        field = "mine";
        #secret = 7;
        constructor(path) {
          super(t.url(path));
          t.note("in the constructor", new.target === Mine, this.field, this.#secret, this.readyState);
        }
        send(data) {
          super.send(`${data}!`);
        }
        get readyState() {
          return `state ${super.readyState}`;
        }
      }
      const socket = t.own(new Mine("/echo"));
      t.note("is", socket instanceof Mine, socket instanceof t.WebSocket, socket instanceof EventTarget);
      t.note("prototype", Object.getPrototypeOf(socket) === Mine.prototype, socket.constructor === Mine);
      t.note("statics", Mine.OPEN, socket.OPEN, Object.getPrototypeOf(Mine));
      await t.next(socket, "open");
      socket.send("hello");
      t.note("answer", (await t.next(socket, "message")).data, socket.readyState);
    },
    "a subclass whose members the class does not use": async (t) => {
      const used = [];
      class Mine extends t.WebSocket {}
      const members = ["send", "close", "addEventListener", "removeEventListener", "dispatchEvent"];
      for (const member of members) {
        Mine.prototype[member] = function (...given) {
          used.push(member);
          return t.WebSocket.prototype[member].apply(this, given);
        };
      }
      for (const member of [
        "readyState",
        "binaryType",
        "url",
        "onopen",
        "onmessage",
        "onclose",
        "bufferedAmount",
      ]) {
        Object.defineProperty(Mine.prototype, member, {
          get: () => used.push(member),
          set: () => used.push(`set ${member}`),
        });
      }
      const socket = new Mine(t.url("/echo"));
      const opened = new Promise((resolve) =>
        EventTarget.prototype.addEventListener.call(socket, "open", resolve, { once: true }),
      );
      await opened;
      const closed = new Promise((resolve) =>
        EventTarget.prototype.addEventListener.call(socket, "close", resolve, { once: true }),
      );
      t.WebSocket.prototype.close.call(socket, 1000);
      await closed;
      t.note("used", used);
    },
    "Reflect.construct with another newTarget": async (t) => {
      function Other() {}
      const socket = Reflect.construct(t.WebSocket, [t.url("/echo")], Other);
      t.note("prototype", Object.getPrototypeOf(socket) === Other.prototype, socket instanceof t.WebSocket);
      t.note("Object.prototype.toString", Object.prototype.toString.call(socket));
      // It is a socket all the same.
      const { get } = Object.getOwnPropertyDescriptor(t.Interface.prototype, "readyState");
      t.attempt("readyState", () => get.call(socket));
      const event = (type) =>
        new Promise((resolve) => EventTarget.prototype.addEventListener.call(socket, type, resolve));
      const opened = event("open");
      const closed = event("close");
      await opened;
      t.attempt("readyState", () => get.call(socket));
      t.WebSocket.prototype.close.call(socket);
      await closed;
      t.attempt("readyState", () => get.call(socket));
    },
    "Reflect.construct with a newTarget that has no prototype": async (t) => {
      for (const prototype of [undefined, null, 1]) {
        const target = Object.assign(function Target() {}, { prototype });
        const socket = t.own(Reflect.construct(t.WebSocket, [t.url("/echo")], target));
        t.note(`prototype ${prototype}`, Object.getPrototypeOf(socket) === t.WebSocket.prototype);
      }
      t.attempt("an arrow function", () => Reflect.construct(t.WebSocket, [t.url("/echo")], () => {}));
    },
    "a newTarget whose prototype cannot be read": async (t) => {
      const Target = new Proxy(function Base() {}, {
        get(_, key) {
          if (key === "prototype") throw new RangeError("mine");
        },
      });
      t.attempt("construct", () => Reflect.construct(t.WebSocket, [t.url("/echo")], Target));
      t.attempt("construct, without arguments", () => Reflect.construct(t.WebSocket, [], Target));
    },
    "a bound class, and one behind a proxy": async (t) => {
      const Bound = t.WebSocket.bind(null, t.url("/echo"));
      t.note("bound", t.own(new Bound()) instanceof t.WebSocket);
      const Proxied = new Proxy(t.WebSocket, {});
      const socket = t.own(new Proxied(t.url("/echo")));
      t.note("proxied", socket instanceof t.WebSocket, socket.constructor, Proxied.OPEN);
    },
    "members of a socket behind a proxy": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const proxied = new Proxy(socket, {});
      t.attempt("readyState", () => proxied.readyState);
      t.attempt("send", () => proxied.send("a"));
      t.attempt("constant", () => proxied.OPEN);
    },
  },
};
