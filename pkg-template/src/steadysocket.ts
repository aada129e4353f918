// The classic script: what a page gets that has neither modules nor a bundler.

import { SteadySocket } from "./index.js";

Object.assign(globalThis, { SteadySocket });
