/**
 * The whole number in the query parameter `name`.
 * @throws {RangeError} naming the parameter, its value and what is allowed
 */
export function quantity(query, name, { fallback, min, max }) {
  if (!query.has(name)) return fallback;
  const value = Number(query.get(name));
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(`"${name}" is "${query.get(name).slice(0, 20)}"; allowed: ${min} to ${max}`);
}
