// What the libraries of TypeScript before 5.9 cannot tell apart.

import { SteadySocket } from "steadysocket";

// What no browser sends.
// @ts-expect-error memory that is shared
new SteadySocket("/chat").send(new SharedArrayBuffer(1));
