// For `node --import`: has what stands in STEADYSOCKET_PKG in the built package's place.

import module from "node:module";
import { pathToFileURL } from "node:url";

const built = new URL("../../../pkg/", import.meta.url).href;
const other = pathToFileURL(`${process.env.STEADYSOCKET_PKG}/`).href;
const inPlace = (found) => ({ ...found, url: found.url.replace(built, other) });

if (module.registerHooks) {
  module.registerHooks({ resolve: (specifier, context, next) => inPlace(next(specifier, context)) });
} else {
  // Node 20 has nothing else, and Node 26 warns of it.
  const hooks = `const built = ${JSON.stringify(built)}, other = ${JSON.stringify(other)};
    const inPlace = ${inPlace};
    export const resolve = async (...args) => inPlace(await args[2](args[0], args[1]));`;
  module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
