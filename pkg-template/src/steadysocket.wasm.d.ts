/** What Cloudflare's workers import it as. A bundler may make something else of it, of which it has types of its own. */
declare const module: WebAssembly.Module;
export default module;
