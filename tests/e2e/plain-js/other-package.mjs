// For `node --import`: has what stands in STEADYSOCKET_PKG in the built package's place.

import { register } from "node:module";
import { pathToFileURL } from "node:url";

const built = new URL("../../../pkg/", import.meta.url).href;
const other = pathToFileURL(`${process.env.STEADYSOCKET_PKG}/`).href;
const hooks = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  return { ...found, url: found.url.replace(${JSON.stringify(built)}, ${JSON.stringify(other)}) };
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
