"""A small house behind bounded connections on real sockets, and the guests who connect to it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from api.edge.connections import BoundedConnection, Limits

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator

    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

PATIENCE = 60.0
SOON = 0.02
GET = b"GET /%b HTTP/1.1\r\nHost: here\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
PART = bytes(64 * 1024)


class House:
    """An application that answers with the fields it saw, and remembers how streams ended."""

    def __init__(self) -> None:
        self.seen: list[dict[bytes, bytes]] = []
        self.streamed = 0
        self.asked, self.gone = asyncio.Event(), asyncio.Event()

    async def left(self) -> None:
        """Return once it has heard that its guest is gone."""
        async with asyncio.timeout(PATIENCE):
            await self.gone.wait()

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        self.asked.set()
        path = scope["path"]  # type: ignore[typeddict-item]
        more: Any = {"type": "", "more_body": path != "/unread"}
        while more["more_body"]:
            more = await receive()
            if more["type"] == "http.disconnect":
                self.gone.set()
                return
        self.seen.append(dict(scope["headers"]))  # type: ignore[typeddict-item]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if path in {"/much", "/held"}:  # the buffers of the system do not hold it, ours do
            await send({"type": "http.response.body", "body": PART, "more_body": True})
        if path == "/held":
            await receive()
        if path == "/stream":
            hung_up = asyncio.ensure_future(receive())
            while not hung_up.done():
                await send({"type": "http.response.body", "body": PART, "more_body": True})
                self.streamed += len(PART)
                await asyncio.sleep(0)
            self.gone.set()
        await send({"type": "http.response.body", "body": b"yes", "more_body": False})


class Guest:
    """The other side of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def drip(self, data: bytes, seconds: float = SOON / 4) -> bytes:
        """Send it over and over until the server ends the connection; what it said."""
        said = asyncio.create_task(self.rest())
        while not said.done():
            self.send(data)
            await asyncio.sleep(seconds)
        return await said

    async def answer(self) -> bytes:
        """One answer of the house."""
        async with asyncio.timeout(PATIENCE):
            return await self.reader.readuntil(b"0\r\n\r\n")

    async def rest(self) -> bytes:
        """All until the server ends the connection, which it must."""
        said = b""
        async with asyncio.timeout(PATIENCE):
            while part := await self._part():
                said += part
        return said

    async def _part(self) -> bytes:
        try:
            return await self.reader.read(65536)
        except ConnectionResetError:
            return b""


class Served:
    """A server with its house, and everybody who is connected to it."""

    def __init__(
        self, house: House, server: uvicorn.Server, bounded: type[BoundedConnection]
    ) -> None:
        self.house, self.server, self._bounded = house, server, bounded
        self._guests: list[Guest] = []

    @property
    def listener(self) -> socket.socket:
        return self.server.servers[0].sockets[0]

    async def guest(self) -> Guest:
        port = self.listener.getsockname()[1]
        guest = Guest(*await asyncio.open_connection("127.0.0.1", port))
        self._guests.append(guest)
        return guest

    def allow(self, *, idle: float = PATIENCE, **limits: Any) -> None:  # noqa: ANN401
        """Limits from now on: seconds that must not pass by chance begin where they are to pass."""
        self._bounded.limits = Limits(**limits)
        self.server.config.timeout_keep_alive = idle  # type: ignore[assignment]

    async def shut_down(self) -> None:
        """As the server does it, once the house has begun to answer its one guest."""
        await self.house.asked.wait()
        [connection] = self.server.server_state.connections
        connection.shutdown()

    def leave(self) -> None:
        for guest in self._guests:
            guest.writer.transport.abort()


@asynccontextmanager
async def served(*, idle: float = PATIENCE, **limits: Any) -> AsyncIterator[Served]:  # noqa: ANN401
    """The house behind connections with these limits; `idle`: seconds of keep-alive."""

    class Bounded(BoundedConnection):
        pass

    Bounded.limits = Limits(**limits)
    house = House()
    config = uvicorn.Config(house, port=0, http=Bounded, lifespan="off", log_level="warning")
    config.timeout_keep_alive = idle  # type: ignore[assignment]
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    # What uvicorn does besides: it writes the date of answers once a second.
    there = Served(house, server, Bounded)
    try:
        yield there
    finally:
        there.leave()
        server.servers[0].close()
        for task in list(server.server_state.tasks):
            task.cancel()
