/** Values to be sent, by name; each is made anew where it is used. */

export const TEXTS = {
  empty: () => "",
  ASCII: () => "hello",
  NUL: () => "a\0b",
  "two bytes": () => "grüße",
  "three bytes": () => "€",
  "four bytes": () => "😀",
  "byte order mark": () => "\ufeffx",
  "lone high surrogate": () => "a\ud83d",
  "lone low surrogate": () => "\ude00b",
  "surrogates the wrong way round": () => "\ude00\ud83d",
  "high, high, low": () => "\ud83d\ud83d\ude00",
  noncharacter: () => "\uffff",
  "125 bytes": () => "x".repeat(125),
  "126 bytes": () => "x".repeat(126),
  "65535 bytes": () => "x".repeat(65535),
  "65536 bytes": () => "x".repeat(65536),
};

/** One of each kind that `send` treats in its own way. */
export const KINDS = {
  text: () => "hello",
  "text beyond ASCII": () => "grüße €😀",
  "lone surrogate": () => "\ud83d",
  "empty text": () => "",
  blob: () => new Blob(["grüße"]),
  "empty blob": () => new Blob(),
  file: () => new File(["file"], "name"),
  buffer: () => new ArrayBuffer(5),
  "empty buffer": () => new ArrayBuffer(0),
  "detached buffer": () => detached(5),
  "typed array": () => new Uint16Array(3),
  "part of a buffer": () => new Float64Array(new ArrayBuffer(64), 8, 2),
  DataView: () => new DataView(new ArrayBuffer(9), 1, 4),
  "resizable buffer": () => resizable(4),
  "view on a resizable buffer": () => new Uint8Array(resizable(4)),
  "shared buffer": () => shared(),
  "view on shared memory": () => new Uint8Array(shared(), 0, 4),
  null: () => null,
  undefined: () => undefined,
  number: () => 12.5,
  object: () => ({}),
  "126 bytes": () => new Uint8Array(126),
  "65536 bytes": () => new Uint8Array(65536),
};

export const BUFFERS = {
  ArrayBuffer: () => Uint8Array.from([0, 1, 255]).buffer,
  "empty ArrayBuffer": () => new ArrayBuffer(0),
  "detached ArrayBuffer": () => detached(4),
  "resizable ArrayBuffer": () => resizable(4),
  "view on a resizable ArrayBuffer": () => new Uint8Array(resizable(4)),
  "view of fixed length on a resizable ArrayBuffer": () => new Uint8Array(resizable(4), 1, 2),
  "DataView on a resizable ArrayBuffer": () => new DataView(resizable(4)),
  "fixed copy of a resizable ArrayBuffer": () => resizable(4).slice(0),
  SharedArrayBuffer: () => shared(),
  "view on shared memory": () => new Uint8Array(shared(), 4, 4),
  "DataView on shared memory": () => new DataView(shared(), 4, 4),
  "ArrayBuffer with another toStringTag": () =>
    Object.defineProperty(new ArrayBuffer(2), Symbol.toStringTag, { value: "Other" }),
  "ArrayBuffer with own toString and byteLength": () =>
    Object.defineProperties(new ArrayBuffer(2), {
      toString: { value: () => "no" },
      byteLength: { value: 99 },
    }),
  "instance of a subclass of ArrayBuffer": () => new (class extends ArrayBuffer {})(3),
  "125 bytes": () => new ArrayBuffer(125),
  "126 bytes": () => new ArrayBuffer(126),
  "65536 bytes": () => new ArrayBuffer(65536),
};

export const VIEWS = {
  ...Object.fromEntries(
    [
      "Int8Array",
      "Uint8Array",
      "Uint8ClampedArray",
      "Int16Array",
      "Uint16Array",
      "Int32Array",
      "Uint32Array",
      "Float16Array",
      "Float32Array",
      "Float64Array",
      "BigInt64Array",
      "BigUint64Array",
    ]
      // Float16Array is young.
      .filter((name) => name in globalThis)
      .flatMap((name) => {
        const View = globalThis[name];
        return [
          [name, () => new View(numbered().buffer)],
          [`${name} with an offset and a length`, () => new View(numbered().buffer, 8, 2)],
          [`empty ${name}`, () => new View(0)],
        ];
      }),
  ),
  DataView: () => new DataView(numbered().buffer),
  "DataView with an offset and a length": () => new DataView(numbered().buffer, 3, 7),
  "empty DataView": () => new DataView(numbered().buffer, 64),
  "view on a detached buffer": () => {
    const view = new Uint8Array(4);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  "DataView on a detached buffer": () => {
    const view = new DataView(new ArrayBuffer(4));
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  "typed array with own byteLength, byteOffset and buffer": () =>
    Object.defineProperties(new Uint8Array([1, 2, 3]), {
      byteLength: { value: 1 },
      byteOffset: { value: 2 },
      buffer: { value: new ArrayBuffer(9) },
    }),
  "instance of a subclass": () => new (class extends Uint8Array {})([4, 5]),
};

export const STRINGIFIED = {
  null: () => null,
  undefined: () => undefined,
  true: () => true,
  "a number": () => 1.5,
  "minus zero": () => -0,
  NaN: () => Number.NaN,
  "a bigint": () => 10n,
  "an object": () => ({}),
  "an array": () => [1, [2, 3], null],
  "an empty array": () => [],
  "an array of bytes": () => [1, 2, 3],
  "a String object": () => new String("wrapped"),
  "an object with toString": () => ({ toString: () => "mine" }),
  "an object with valueOf only": () => ({ toString: undefined, valueOf: () => "value" }),
  "an object whose toString gives a lone surrogate": () => ({ toString: () => "\ud800" }),
  "an error": () => new TypeError("text"),
  "a URL": () => new URL("http://host/path"),
  "what says that it is an ArrayBuffer": () => ({ [Symbol.toStringTag]: "ArrayBuffer", byteLength: 3 }),
  "what says that it is a Blob": () => ({ [Symbol.toStringTag]: "Blob", size: 3 }),
  "what says that it is a Uint8Array": () => ({ [Symbol.toStringTag]: "Uint8Array", byteLength: 3 }),
  "what inherits from Blob.prototype": () =>
    Object.create(Blob.prototype, { toString: { value: () => "no blob" } }),
  "what inherits from ArrayBuffer.prototype": () =>
    Object.create(ArrayBuffer.prototype, { toString: { value: () => "no buffer" } }),
  "what inherits from Uint8Array.prototype": () =>
    Object.create(Uint8Array.prototype, { toString: { value: () => "no array" } }),
  "a proxy of an object": () => new Proxy({}, {}),
  "a proxy of a Blob with toString": () =>
    new Proxy(new Blob(["x"]), { get: (_, key) => (key === "toString" ? () => "proxy" : undefined) }),
  "a proxy of a buffer with toString": () =>
    new Proxy(new ArrayBuffer(3), { get: (_, key) => (key === "toString" ? () => "proxy" : undefined) }),
};

/** A buffer with different bytes. */
function numbered() {
  return Uint8Array.from({ length: 64 }, (_, index) => index);
}

function detached(size) {
  const buffer = new ArrayBuffer(size);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

/** Where a browser knows no such thing, an ordinary one. */
function resizable(size) {
  return new ArrayBuffer(size, { maxByteLength: 2 * size });
}

/** Also where the scope is not isolated and has no name for such buffers. */
function shared() {
  return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer;
}
