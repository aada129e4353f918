const CONSTANTS = ["CONNECTING", "OPEN", "CLOSING", "CLOSED"];
const HANDLERS = ["onopen", "onmessage", "onerror", "onclose"];
const READONLY = ["url", "readyState", "bufferedAmount", "extensions", "protocol"];
const ATTRIBUTES = [...READONLY, ...HANDLERS, "binaryType"];
const METHODS = ["send", "close"];

/** Where Web IDL and WHATWG WebSockets have it. */
export default {
  section: "Web IDL, the interface",
  cases: {
    "the class's own keys": async (t) => {
      t.note("keys", Reflect.ownKeys(t.Interface).map(String).sort());
      t.note("enumerable", Object.keys(t.Interface));
      t.note("for in", keysIn(t.Interface));
    },
    "name, length and prototype of the class": async (t) => {
      for (const key of ["name", "length", "prototype"]) t.note(key, shown(t.Interface, key));
    },
    "what the class is": async (t) => {
      t.note("typeof", typeof t.Interface, Object.prototype.toString.call(t.Interface));
      t.note("its prototype", Object.getPrototypeOf(t.Interface) === EventTarget);
      t.note(
        "its prototype's prototype",
        Object.getPrototypeOf(t.Interface.prototype) === EventTarget.prototype,
      );
      t.note("constructor", shown(t.Interface.prototype, "constructor"));
      t.note("extensible", Object.isExtensible(t.Interface), Object.isExtensible(t.Interface.prototype));
      t.note(
        "own toString",
        Object.hasOwn(t.Interface, "toString"),
        Object.hasOwn(t.Interface.prototype, "toString"),
      );
    },
    "the source text of the class": async (t) => {
      t.note("text", Function.prototype.toString.call(t.Interface).replace(/\s+/g, " ").slice(0, 50));
    },
    "the source text of its members": async (t) => {
      for (const key of METHODS) t.note(key, source(t.Interface.prototype[key]));
      for (const key of ATTRIBUTES) {
        const { get, set } = Object.getOwnPropertyDescriptor(t.Interface.prototype, key);
        t.note(key, source(get), set && source(set));
      }
    },
    "the prototype's own keys": async (t) => {
      t.note("keys", Reflect.ownKeys(t.Interface.prototype).map(String).sort());
      t.note("enumerable", Object.keys(t.Interface.prototype).sort());
    },
    "the order of the prototype's keys": async (t) => {
      t.note("keys", Reflect.ownKeys(t.Interface.prototype));
      t.note("class", Reflect.ownKeys(t.Interface));
    },
    "an instance's own keys": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.note("keys", Reflect.ownKeys(socket), Object.keys(socket), JSON.stringify(socket));
      t.note("for in", keysIn(socket).sort());
      t.note("in order", keysIn(socket));
      await t.next(socket, "open");
      socket.onmessage = () => {};
      socket.send("a");
      await t.next(socket, "message");
      t.note("keys", Reflect.ownKeys(socket));
      t.note("copies", { ...socket }, Object.assign({}, socket), Object.entries(socket));
    },
    ...each(CONSTANTS, (key) => async (t) => {
      t.note("class", shown(t.Interface, key));
      t.note("prototype", shown(t.Interface.prototype, key));
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.note("instance", socket[key], Object.hasOwn(socket, key));
      for (const [name, holder] of Object.entries({
        class: t.Interface,
        prototype: t.Interface.prototype,
        socket,
      })) {
        t.attempt(`${name} set`, () => {
          holder[key] = 9;
        });
        t.note(
          `${name} sloppily set`,
          Reflect.set(holder, key, 9),
          Reflect.deleteProperty(holder, key),
          holder[key],
        );
        t.note(`${name} redefined`, name !== "socket" && Reflect.defineProperty(holder, key, { value: 9 }));
      }
    }),
    ...each(ATTRIBUTES, (key) => async (t) => {
      const { get, set, ...rest } = Object.getOwnPropertyDescriptor(t.Interface.prototype, key);
      t.note("property", rest);
      for (const accessor of [get, set].filter(Boolean)) {
        t.note("accessor", accessor.name, accessor.length, Reflect.ownKeys(accessor).map(String).sort());
        t.note("its name", shown(accessor, "name"), shown(accessor, "length"));
        t.note(
          "its prototype",
          Object.getPrototypeOf(accessor) === Function.prototype,
          Object.isExtensible(accessor),
        );
        t.attempt("constructed", () => new accessor());
        t.attempt("Reflect.construct", () => Reflect.construct(Object, [], accessor));
      }
    }),
    ...each(
      ATTRIBUTES,
      (key) => async (t) => {
        const { get, set } = Object.getOwnPropertyDescriptor(t.Interface.prototype, key);
        for (const [name, other] of Object.entries(strangers(t))) {
          t.attempt(`get on ${name}`, () => get.call(other));
          if (set) t.attempt(`set on ${name}`, () => set.call(other, null));
        }
        t.attempt("read from the prototype", () => t.Interface.prototype[key]);
        t.attempt("set on the prototype", () => {
          t.Interface.prototype[key] = null;
        });
      },
      "on other objects",
    ),
    ...each(METHODS, (key) => async (t) => {
      const method = t.Interface.prototype[key];
      const { value, ...rest } = Object.getOwnPropertyDescriptor(t.Interface.prototype, key);
      t.note("property", rest, value === method);
      t.note("method", method.name, method.length, Reflect.ownKeys(method).map(String).sort());
      t.note("its name", shown(method, "name"), shown(method, "length"));
      t.note("its prototype", Object.getPrototypeOf(method) === Function.prototype);
      t.attempt("constructed", () => new method());
      for (const [name, other] of Object.entries(strangers(t))) {
        t.attempt(`on ${name}`, () => method.call(other, 1000));
        t.attempt(`on ${name}, without arguments`, () => method.call(other));
      }
      t.attempt("on the prototype", () => t.Interface.prototype[key](1000));
    }),
    "a brand check goes before the conversion of arguments": async (t) => {
      const log = [];
      const value = {
        toString: () => log.push("toString"),
        valueOf: () => log.push("valueOf"),
      };
      for (const key of METHODS) t.attempt(key, () => t.Interface.prototype[key].call({}, value, value));
      const { set } = Object.getOwnPropertyDescriptor(t.Interface.prototype, "binaryType");
      t.attempt("binaryType", () => set.call({}, value));
      t.note("log", log);
    },
    "attributes without a setter": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const key of READONLY) {
        const before = socket[key];
        t.attempt(`${key} set`, () => {
          socket[key] = "other";
        });
        t.note(`${key} sloppily set`, Reflect.set(socket, key, "other"), socket[key] === before);
        t.note(`${key} deleted`, Reflect.deleteProperty(socket, key), socket[key] === before);
      }
      await t.next(socket, "open");
    },
    "a setter called without arguments": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const key of [...HANDLERS, "binaryType"]) {
        const { set } = Object.getOwnPropertyDescriptor(t.Interface.prototype, key);
        t.attempt(key, () => set.call(socket));
        t.note(key, socket[key]);
      }
    },
    "Symbol.toStringTag": async (t) => {
      t.note("prototype", shown(t.Interface.prototype, Symbol.toStringTag));
      t.note("class", Object.hasOwn(t.Interface, Symbol.toStringTag));
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.note("texts", String(socket), `${socket}`, Object.prototype.toString.call(socket));
      t.note("prototype's", Object.prototype.toString.call(t.Interface.prototype));
    },
    instanceof: async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.note(
        "instance",
        socket instanceof t.Interface,
        socket instanceof EventTarget,
        socket instanceof Object,
      );
      t.note(
        "of itself",
        t.Interface.prototype instanceof t.Interface,
        t.Interface.prototype instanceof EventTarget,
      );
      t.note("Symbol.hasInstance", Object.hasOwn(t.Interface, Symbol.hasInstance));
      t.note("constructor", socket.constructor, Object.getPrototypeOf(socket));
    },
    "an instance can be extended, and frozen": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      socket.mine = { a: 1 };
      t.note("mine", socket.mine, Reflect.ownKeys(socket));
      Object.defineProperty(socket, "protocol", { value: "own", configurable: true });
      t.note("own property", socket.protocol, delete socket.protocol, socket.protocol);
      Object.freeze(socket);
      t.note("frozen", Object.isFrozen(socket));
      t.attempt("another", () => {
        socket.other = 1;
      });
      // What is behind accessors goes on.
      socket.onmessage = ({ data }) => t.note("message", data);
      socket.binaryType = "arraybuffer";
      await t.next(socket, "open");
      socket.send("a");
      await t.next(socket, "message");
      t.note("readyState", socket.readyState, socket.binaryType, typeof socket.onmessage);
      socket.close();
      await t.next(socket, "close");
      t.note("readyState", socket.readyState);
    },
    "a socket cannot be cloned": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.attempt("structuredClone", () => structuredClone(socket));
      t.attempt("transferred", () => structuredClone(socket, { transfer: [socket] }));
    },
    "it can be a key of weak collections": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      t.note("WeakMap", new WeakMap([[socket, 1]]).get(socket), new WeakRef(socket).deref());
    },
    "members can be replaced on the prototype": {
      alone: true,
      run: async (t) => {
        const { prototype } = t.Interface;
        const before = Object.getOwnPropertyDescriptor(prototype, "send");
        const sent = [];
        prototype.send = function (data) {
          sent.push(data);
          before.value.call(this, data);
        };
        try {
          const socket = t.own(new t.WebSocket(t.url("/echo")));
          await t.next(socket, "open");
          socket.send("spied");
          t.note("message", (await t.next(socket, "message")).data, sent);
        } finally {
          Object.defineProperty(prototype, "send", before);
        }
      },
    },
    "methods taken off an instance": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      const { send, close } = socket;
      t.attempt("send", () => send("a"));
      t.attempt("close", () => close());
      t.attempt("bound", () => close.bind(socket)());
      t.note("the same for all", send === t.Interface.prototype.send, close === t.Interface.prototype.close);
    },
  },
};

function each(keys, make, suffix = "") {
  return Object.fromEntries(keys.map((key) => [suffix ? `${key} ${suffix}` : key, make(key)]));
}

function shown(holder, key) {
  const { value, ...rest } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
  return { value, ...rest };
}

function keysIn(object) {
  const keys = [];
  for (const key in object) keys.push(key);
  return keys;
}

function source(accessor) {
  return Function.prototype.toString.call(accessor).replace(/\s+/g, " ").slice(0, 50);
}

/** What is no socket, though some look like one. */
function strangers(t) {
  return {
    undefined: undefined,
    null: null,
    "a number": 1,
    "a plain object": {},
    "the prototype": t.Interface.prototype,
    "an heir of the prototype": Object.create(t.Interface.prototype),
    "an event target": new EventTarget(),
    "an event target with the prototype": Object.setPrototypeOf(new EventTarget(), t.Interface.prototype),
    "the class": t.Interface,
  };
}
