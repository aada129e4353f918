/** The WebAssembly module as text, as the build puts it in. */
declare const text: string;
export default text;
