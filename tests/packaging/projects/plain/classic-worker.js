importScripts("node_modules/steadysocket/dist/steadysocket.global.js");

self.onmessage = async ({ data }) => {
  const { echo } = await import("./src/echo.js");
  self.postMessage(await echo(new SteadySocket(data)));
};
