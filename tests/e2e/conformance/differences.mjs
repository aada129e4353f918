import { CONNECTION } from "./differences-connection.mjs";

/**
 * Where a subject differs from the browser's own WebSocket, and why. A difference that is not here fails, and so does one that is
 * here and does not occur. An entry:
 *
 * - `subjects`: of subjects.js.
 * - `case`: `"file: name"`, or a RegExp over such texts; each case that it matches must differ.
 * - `reason`: a sentence for users. Entries that share one become one row of the table in docs/conformance.md.
 * - `lines`: a RegExp that each differing line must match (`- ` native's, `+ ` the subject's), if not any may differ.
 * - `browsers`, `scopes`: where it occurs, if not everywhere.
 * - `sometimes`: why it need not occur.
 */
export const DIFFERENCES = [
  ...CONNECTION,
  {
    subjects: ["default"],
    case: "constructor: the server closes",
    lines: /readyState/,
    reason:
      "Between two connections `readyState` is `CONNECTING`: it is `CLOSED` only when the session is over.",
  },
];
