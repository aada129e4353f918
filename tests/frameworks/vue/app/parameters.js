/** What the test says in the page's URL. */
export const parameters = new URLSearchParams(location.search);

/** A URL at the test's server, which tells sockets apart by it. */
export const at = (name) => `ws://localhost:${parameters.get("port")}/echo?${name}`;
