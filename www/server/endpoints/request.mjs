/** A client's text as JSON; undefined when it is none. */
export function parse(data, isBinary) {
  try {
    return isBinary ? undefined : JSON.parse(data.toString());
  } catch {
    return undefined;
  }
}

/** @throws {TypeError} */
export function printable(value, field, max) {
  if (typeof value === "string" && value.trim() !== "" && value.length <= max && !/\p{Cc}/u.test(value)) {
    return value;
  }
  throw new TypeError(`"${field}" must be a printable text of 1 to ${max} characters`);
}
