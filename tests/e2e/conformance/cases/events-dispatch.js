import { echo, heard } from "../listening.js";

/** DOM §2.9, HTML §8.1.7 and WHATWG WebSockets §3.2: what happens in which order. */
export default {
  section: "DOM and HTML, dispatch, microtasks, tasks",
  cases: {
    "stopImmediatePropagation: no other listener is called": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", (event) => {
        log.push("first");
        event.stopImmediatePropagation();
        log.push(event.cancelBubble);
      });
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("second"));
      await t.next(socket, "open");
      await echo(t, socket);
      await echo(t, socket);
      t.note("log", log);
    },
    "stopPropagation: those of the same target are": async (t) => {
      const { socket, log, say } = heard(t);
      socket.addEventListener("message", (event) => event.stopPropagation(), true);
      socket.onmessage = say("handler");
      socket.addEventListener("message", say("capture"), true);
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "microtasks between listeners": async (t) => {
      const { socket, log } = heard(t);
      for (const name of ["first", "second"]) {
        socket.addEventListener("message", () => {
          log.push(name);
          queueMicrotask(() => log.push(`${name}'s microtask`));
        });
      }
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "microtasks between listeners when a script dispatches": async (t) => {
      const { socket, log } = heard(t);
      for (const name of ["first", "second"]) {
        socket.addEventListener("message", () => {
          log.push(name);
          queueMicrotask(() => log.push(`${name}'s microtask`));
        });
      }
      socket.dispatchEvent(new Event("message"));
      log.push("dispatched");
      await t.next(socket, "open");
      t.note("log", log);
    },
    "microtasks between events": async (t) => {
      const { socket, log } = heard(t);
      for (const type of ["open", "message"]) {
        socket.addEventListener(type, ({ data }) => {
          log.push(data ?? type);
          queueMicrotask(() => log.push("microtask"));
        });
      }
      await t.next(socket, "open");
      await t.tell("burst", { messages: ["one", "two", "three"].map((text) => ({ text })) });
      for (let count = 0; count < 3; count++) await t.next(socket, "message");
      t.note("log", log);
    },
    "error and close are one task": {
      // WebKitGTK makes two tasks of them, with or without others in between.
      browsers: ["chromium", "firefox"],
      run: async (t) => {
        const { socket, log } = heard(t);
        for (const type of ["error", "close"]) {
          socket.addEventListener(type, () => {
            log.push(type, socket.readyState);
            queueMicrotask(() => log.push(`${type}'s microtask`));
            setTimeout(() => log.push(`${type}'s task`));
          });
        }
        await t.next(socket, "open");
        await t.tell("frame", { opcode: 11 });
        await t.next(socket, "close");
        await new Promise((resolve) => setTimeout(resolve));
        t.note("log", log);
      },
    },
    "error and close of a failed handshake are one task": {
      // WebKitGTK makes two tasks of them, with or without others in between.
      browsers: ["chromium", "firefox"],
      run: async (t) => {
        const { socket, log } = heard(t, { status: 404 });
        for (const type of ["error", "close"]) {
          socket.addEventListener(type, () => {
            log.push(type, socket.readyState);
            setTimeout(() => log.push(`${type}'s task`));
          });
        }
        await t.next(socket, "close");
        await new Promise((resolve) => setTimeout(resolve));
        t.note("log", log);
      },
    },
    "readyState in each handler": async (t) => {
      const { socket, log } = heard(t);
      const types = ["open", "message", "error", "close"];
      for (const type of types) socket[`on${type}`] = () => log.push(type, socket.readyState);
      await t.next(socket, "open");
      await echo(t, socket);
      await t.tell("frame", { opcode: 11 });
      await t.next(socket, "close");
      t.note("log", log);
    },
    "what a handler changes, the next sees": async (t) => {
      const { socket, log } = heard(t);
      socket.addEventListener("message", () => {
        socket.binaryType = "arraybuffer";
        socket.close();
        log.push(socket.readyState);
      });
      socket.addEventListener("message", () => log.push(socket.readyState, socket.binaryType));
      await t.next(socket, "open");
      socket.send("a");
      await t.next(socket, "close");
      t.note("log", log);
    },
    "an event dispatched within a listener of another": async (t) => {
      const { socket, log } = heard(t);
      socket.onmessage = ({ data, isTrusted }) => {
        log.push(`begin ${data}`);
        if (data === "a") socket.dispatchEvent(new MessageEvent("message", { data: "inner" }));
        log.push(`end ${data} ${isTrusted && data === "inner"}`);
      };
      await t.next(socket, "open");
      await echo(t, socket);
      t.note("log", log);
    },
    "an event of a type of one's own": async (t) => {
      const { socket, log } = heard(t);
      socket.addEventListener("mine", ({ detail }) => log.push(detail));
      t.note("returns", socket.dispatchEvent(new CustomEvent("mine", { detail: 7 })));
      socket.addEventListener("mine", (event) => event.preventDefault());
      t.note("cancelled", socket.dispatchEvent(new CustomEvent("mine", { detail: 8, cancelable: true })));
      t.note("log", log);
      await t.next(socket, "open");
    },
    "what cannot be dispatched": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      for (const value of [null, undefined, {}, "open"]) {
        t.attempt(String(value), () => socket.dispatchEvent(value));
      }
      t.attempt("nothing", () => socket.dispatchEvent());
      await t.next(socket, "open");
    },
    "synthetic close and error events change nothing": async (t) => {
      const { socket, log } = heard(t);
      for (const type of ["open", "error", "close"])
        socket[`on${type}`] = () => log.push(type, socket.readyState);
      await t.next(socket, "open");
      socket.dispatchEvent(new CloseEvent("close", { code: 1006 }));
      socket.dispatchEvent(new Event("error"));
      await echo(t, socket);
      t.note("log", log, socket.readyState);
    },
    "window.event": {
      scopes: ["window"],
      run: async (t) => {
        const socket = t.own(new t.WebSocket(t.url("/echo")));
        socket.onopen = (event) => t.note("within", globalThis.event === event);
        await t.next(socket, "open");
        await t.task();
        t.note("after", globalThis.event);
      },
    },
    "the stack within a listener": async (t) => {
      const socket = t.own(new t.WebSocket(t.url("/echo")));
      let stack = "";
      socket.onopen = () => {
        stack = new Error("mine").stack;
      };
      await t.next(socket, "open");
      t.note("through the package", stack.includes("/pkg/"));
    },
    "a socket made within another's handler": async (t) => {
      const { socket, log } = heard(t);
      const made = new Promise((resolve) => {
        socket.onopen = () => {
          const other = t.own(new t.WebSocket(t.url("/echo")));
          log.push(other.readyState);
          other.onopen = () => resolve(other);
        };
      });
      log.push((await made).readyState);
      t.note("log", log);
    },
  },
};
