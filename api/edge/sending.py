"""An answer on its way out: with safe headers, and not waiting for ever for who does not read."""

import asyncio
from typing import Any, Final

from litestar.types import Message, Send

from api.edge.headers import with_safe_headers

READ_SECONDS = 30.0
"""How long a reader of a stream may take nothing off it while the buffers are full."""
START: Final = "http.response.start"


class SlowReaderError(Exception):
    """A stream's reader has taken nothing for READ_SECONDS."""


class Sending:
    """The `send` of one request; `given_up`: its reader was too slow, the rest is not sent."""

    __slots__ = ("_send", "_started", "given_up")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = self.given_up = False

    async def __call__(self, message: Message) -> None:
        said: Any = message
        if said["type"] == START:
            self._started = True
            said["headers"] = with_safe_headers(said["headers"])
        elif said.get("more_body"):
            await self._in_time(message)
            return
        await self._send(message)

    async def say_broken(self, body: bytes, media_type: str) -> None:
        """Answer 500 with a body unless an answer was begun, which the server then cuts off."""
        if self._started:
            return
        fields = [
            (b"content-type", media_type.encode()),
            (b"content-length", b"%d" % len(body)),
        ]
        await self({"type": START, "status": 500, "headers": fields})
        await self({"type": "http.response.body", "body": body, "more_body": False})

    async def _in_time(self, message: Message) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._send(message)
        except TimeoutError:
            self.given_up = True
            raise SlowReaderError from None
