/** Longer texts are told by their digest. */
const LONGEST = 300;

/**
 * A value as a text that shows its type, or a promise of one where reading takes time. `names` is a Map of objects to the names
 * that they go by.
 */
export function plain(value, names = new Map()) {
  if (names.has(value)) return names.get(value);
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return `function ${value.name}`;
    case "object":
      return value === null ? "null" : object(value, names);
    default:
      return String(value);
  }
}

function object(value, names) {
  if (value instanceof Blob) return blob(value);
  if (isBuffer(value)) {
    const resizable = value.resizable || value.growable ? `, up to ${value.maxByteLength}` : "";
    return `${value.constructor.name}(${value.byteLength}${resizable}) ${digest(new Uint8Array(value))}`;
  }
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name}(${value.byteLength}) ${digest(bytes)}`;
  }
  if (value instanceof Error || value instanceof DOMException) return error(value);
  if (Array.isArray(value)) return joined("[", "]", value, (item) => plain(item, names));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return Object.prototype.toString.call(value);
  return joined("{", "}", Object.entries(value), ([key, item]) =>
    map(plain(item, names), (text) => `${key}: ${text}`),
  );
}

/** JSON shows lone surrogates. */
function text(value) {
  if (value.length <= LONGEST) return JSON.stringify(value);
  return `string(${value.length}) ${digest(new TextEncoder().encode(value))}`;
}

/** Never its message, which browsers word as they like. */
function error(value) {
  const own = value.constructor === globalThis[value.constructor.name] ? "" : " of another realm";
  const code = value instanceof DOMException ? ` ${value.code}` : "";
  return `${value.constructor.name} ${value.name}${code}${own}`;
}

async function blob(value) {
  const bytes = new Uint8Array(await value.arrayBuffer());
  const name = value instanceof File ? ` ${JSON.stringify(value.name)}` : "";
  return `${value.constructor.name}${name}(${value.size}, ${JSON.stringify(value.type)}) ${digest(bytes)}`;
}

function isBuffer(value) {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer)
  );
}

function joined(begin, end, items, each) {
  const texts = items.map(each);
  const join = (texts) => begin + texts.join(", ") + end;
  return texts.some((item) => item instanceof Promise) ? Promise.all(texts).then(join) : join(texts);
}

function map(value, change) {
  return value instanceof Promise ? value.then(change) : change(value);
}

/** FNV-1a: short, and quick enough for 100 MiB. */
function digest(bytes) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < bytes.length; index++) hash = Math.imul(hash ^ bytes[index], 0x01000193);
  return `#${(hash >>> 0).toString(16)}`;
}
