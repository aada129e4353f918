/** Sends a text and some bytes; resolves with what comes back, as a line. */
exports.echo = async (socket) => {
  const answer = () =>
    new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
    });
  socket.binaryType = "arraybuffer";
  socket.send("a text");
  const text = await answer();
  socket.send(new Uint8Array([0, 127, 255]));
  const bytes = new Uint8Array(await answer());
  socket.close();
  return `${text} ${bytes}`;
};
