import asyncio
import re
import sys

from websockets.asyncio.server import serve


async def answer(socket):
    async for said in socket:
        closing = isinstance(said, str) and re.fullmatch(r"close (\d+) ?(.*)", said)
        if closing:
            return await socket.close(int(closing[1]), closing[2])
        await socket.send("pong" if said == "ping" else said)


# Given a list instead, `subprotocols=["echo"]`, it refuses who asks for none.
def choose(_, offered):
    return "echo" if "echo" in offered else None


async def main():
    port = int(sys.argv[1])
    async with serve(answer, "127.0.0.1", port, select_subprotocol=choose) as server:
        await server.serve_forever()


asyncio.run(main())
