import { expect } from "@playwright/test";

/** A page in a browser, and what the server sees of its sockets. */
export class Scene {
  page;
  witness;
  #origin;
  #complaints = [];
  #expected = [];

  constructor(page, origin, witness) {
    this.page = page;
    this.witness = witness;
    this.#origin = origin;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
  }

  get server() {
    return `ws://localhost:${this.witness.port}/echo`;
  }

  /** Opens a page of the application, and waits until what the server sent has come to life. */
  async open(path, query = "") {
    await this.page.goto(`${this.#origin}${path}?server=${this.server}${query}`);
    await this.page.locator("body[data-hydrated]").waitFor();
  }

  /** Opens one of `src/lib/cases`. */
  show(name) {
    return this.open(`/case/${name}`);
  }

  click(name) {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  text(id) {
    return expect(this.page.locator(`#${id}`));
  }

  /**
   * Of the sockets with that query the server sees so many opened and so many of them closed, and no more come: what the page had
   * asked for before is there when a later socket is.
   */
  async expectSockets(query, opened, closed) {
    await expect.poll(() => this.#count(query), { timeout: 30_000 }).toEqual({ opened, closed });
    const before = this.#count("sentinel").opened;
    await this.page.evaluate(
      (url) =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(url);
          socket.onclose = resolve;
          socket.onerror = reject;
          socket.onopen = () => socket.close();
        }),
      `${this.server}?sentinel`,
    );
    expect(this.#count("sentinel").opened).toBe(before + 1);
    expect(this.#count(query)).toEqual({ opened, closed });
  }

  /** What the server was sent by sockets with that query. */
  sent(query) {
    const ids = this.#ids(query);
    return this.witness.of("message").flatMap(({ socket, data }) => (ids.includes(socket) ? [data] : []));
  }

  /** The codes with which sockets with that query were closed. */
  codes(query) {
    const ids = this.#ids(query);
    return this.witness.of("close").flatMap(({ socket, code }) => (ids.includes(socket) ? [code] : []));
  }

  /** The test brings about what browsers write into the console. */
  expectComplaint(pattern) {
    this.#expected.push(pattern);
  }

  expectNoComplaints() {
    const unexpected = this.#complaints.filter(
      (text) => !this.#expected.some((pattern) => pattern.test(text)),
    );
    expect(unexpected, "errors and warnings in the console").toEqual([]);
  }

  #ids(query) {
    return this.witness.of("open").flatMap((entry) => (entry.query === query ? [entry.socket] : []));
  }

  #count(query) {
    return { opened: this.#ids(query).length, closed: this.codes(query).length };
  }
}
