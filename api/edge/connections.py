"""HTTP/1.1 connections with bounds of their own, whatever stands before the server.

uvicorn's httptools protocol bounds neither a request's head nor the time that it may take, and
counts no connections. Here a head has at most so many bytes and fields, and has to come within
seconds of the connection, or of its first byte where a connection is used again; whoever neither
reads nor sends is dropped. Answers in the middle of a request are RFC 9457 problems in English.
"""

import os
import sys
from asyncio import TimerHandle, Transport
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from itertools import islice
from typing import Any, ClassVar, Final

import httptools
import msgspec
from msgspec import Struct
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from api.edge.headers import with_safe_headers
from policies.words.catalogue import say
from policies.words.message import message

PROTOCOL: Final = "api.edge.connections:BoundedConnection"
"""What uvicorn is told to speak by: `--http`."""
FILES_FOR_OTHERS: Final = 200
"""Open files that the process needs besides: the database, webhooks, backups, its own."""


def connections_allowed() -> int:
    """As many as the open files of the process leave room for, at most 4096."""
    if sys.platform == "win32":
        return 512
    return min(4096, max(64, os.sysconf("SC_OPEN_MAX") - FILES_FOR_OTHERS))


class Limits(Struct, frozen=True, kw_only=True):
    """What a connection may send and how long it may take.

    `head_bytes`: names and values of a request's fields with its target; a body sent in chunks may
    have twice as much around its own bytes. `pipelined`: requests that wait for the answer to the
    one before. `goodbye_seconds`: how long a refusal may take to be read.
    `write_seconds`: the time in which who is slow to read has to take `write_bytes`.
    """

    target_bytes: int = 8192
    head_bytes: int = 16_384
    fields: int = 100
    pipelined: int = 16
    connections: int = connections_allowed()
    head_seconds: float = 10.0
    goodbye_seconds: float = 2.0
    write_seconds: float = 20.0
    write_bytes: int = 8192


class TooMuchError(Exception):
    """A head is beyond the limits; `status` is answered, None: the connection ends unsaid."""

    def __init__(self, status: HTTPStatus | None) -> None:
        super().__init__(status)
        self.status = status


SAID: Final = {
    HTTPStatus.BAD_REQUEST: ("BAD_REQUEST", message("connection-not-http")),
    HTTPStatus.REQUEST_TIMEOUT: ("HEADERS_TOO_SLOW", message("connection-too-slow")),
    HTTPStatus.REQUEST_URI_TOO_LONG: ("ADDRESS_TOO_LONG", message("connection-address-too-long")),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "HEADERS_TOO_LARGE",
        message("connection-headers-too-large"),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: ("TOO_MANY_CONNECTIONS", message("connection-one-too-many")),
}

RETRY_SECONDS: Final = b"2"
"""Of a refusal that is none of the asker's doing."""
LOOK_AGAIN_SECONDS: Final = 0.1


class BoundedConnection(HttpToolsProtocol):
    """A connection of uvicorn's that keeps to `limits`."""

    limits: ClassVar[Limits] = Limits()
    _full_until: ClassVar[float] = 0.0

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*given, **named)
        self._most = self.limits.head_bytes
        # Fields that come after a head are a body's trailers, which nobody reads.
        self._trailers: list[tuple[bytes, bytes]] = []
        self.headers = self._trailers
        self._counted = self._deaf = False
        self._head_received = self._body_received = self._body_bytes = 0
        # `cycle` is the newest request, which may wait for the answer to this one.
        self._answering: RequestResponseCycle | None = None
        self._timer: TimerHandle | None = None
        self._write_timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._set_timer(self.limits.head_seconds, self._too_slow)
        if len(self.connections) > self.limits.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._unset_keepalive_if_required()
        if self._write_timer is not None:
            self._write_timer.cancel()
        super().connection_lost(exc)
        if cut_off := self._unanswered():  # uvicorn tells the newest request only
            cut_off.disconnected = True
            cut_off.message_event.set()

    def shutdown(self) -> None:
        """Let answers end: a stream at once, for it never does by itself, a body in a moment.

        What goes on longer than uvicorn waits is cancelled, with a traceback each.
        """
        now = self._unanswered()
        if now is not None and now.response_started and now.chunked_encoding:
            self._close()
            return
        super().shutdown()
        if now is not None and now.more_body:
            self._set_timer(self.limits.goodbye_seconds, self.transport.abort)

    def data_received(self, data: bytes) -> None:
        """Parse in pieces of the size of a head, so that no head is far beyond its bound."""
        if len(data) > self._most:
            for start in range(0, len(data), self._most):
                if not self.transport.is_closing():
                    self.data_received(data[start : start + self._most])
            return
        if self._deaf:
            return
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            cause = error.__context__
            bad = HTTPStatus.BAD_REQUEST
            self._refuse(cause.status if isinstance(cause, TooMuchError) else bad)
        except httptools.HttpParserUpgrade:
            # What follows is of another protocol, or the body of a request in disguise.
            self._deaf = True
            self.cycle.keep_alive = False
        else:
            if self.headers is not self._trailers:
                self._count_head(len(data))
            elif self.cycle is not None and self.cycle.more_body:  # type: ignore[redundant-expr]
                self._count_body(len(data))

    def _count_head(self, size: int) -> None:
        """Count what came of a head that is not complete yet; its time begins with its first.

        Of its first piece only what is read counts, for the request before may end in it. So up to
        twice the bound may come, of which `on_headers_complete` counts each byte.
        """
        if not self._head_received:
            self._unset_keepalive_if_required()
            size = min(size, self._head_bytes() + 1)
        self._counted = True
        self._head_received += size
        if self._head_received > self._most:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._timer is None:
            self._set_timer(self.limits.head_seconds, self._too_slow)

    def _count_body(self, size: int) -> None:
        """Count what came of a body that is not complete yet, sizes of chunks and all."""
        self._counted = True
        self._body_received += size
        if self._body_received > 2 * (self._most + self._body_bytes):
            self._refuse(HTTPStatus.BAD_REQUEST)

    def on_headers_complete(self) -> None:
        if self._timer is not None:
            self._stop_timer()
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        if len(self.url) > self.limits.target_bytes:
            raise TooMuchError(HTTPStatus.REQUEST_URI_TOO_LONG)
        # Of a head that came in one piece the size is known to be within the bound.
        several = self._head_received and self._head_bytes() > self._most
        if several or len(self.headers) > self.limits.fields:
            raise TooMuchError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self.pipeline and len(self.pipeline) >= self.limits.pipelined:
            raise TooMuchError(None)
        super().on_headers_complete()
        self.headers = self._trailers
        if self._counted or self._trailers:
            self._counted = False
            self._trailers.clear()
            self._head_received = self._body_received = self._body_bytes = 0

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _head_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def on_body(self, body: bytes) -> None:
        self._counted = True
        self._body_bytes += len(body)
        super().on_body(body)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._close_when_read()

    def _close_when_read(self) -> None:
        """Close; what is written has to be read in time."""
        self.transport.close()
        if self._write_timer is None:
            self._watch_writing()

    def _should_upgrade_to_ws(self) -> bool:
        """Nothing here speaks WebSocket; a wish for another protocol is ignored (RFC 9110, 7.8)."""
        return False

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._write_timer is None:
            self._watch_writing()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._write_timer is not None and not self.transport.is_closing():
            self._write_timer.cancel()
            self._write_timer = None

    def _watch_writing(self) -> None:
        """Drop the connection unless enough of what is to be sent is taken in time."""
        waiting = self.transport.get_write_buffer_size()
        if waiting:
            seconds = self.limits.write_seconds
            self._write_timer = self.loop.call_later(seconds, self._still_writing, waiting)

    def _still_writing(self, before: int) -> None:
        self._write_timer = None
        left = self.transport.get_write_buffer_size()
        if left > before - min(before, self.limits.write_bytes):
            self.transport.abort()
        else:
            self._watch_writing()

    def timeout_keep_alive_handler(self) -> None:
        self._close()

    def _close(self) -> None:
        """Close, at once where the other side does not take what was sent."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            self.transport.close()

    def _too_slow(self) -> None:
        """End a connection that began nothing, or a head that does not end."""
        if self.headers is not self._trailers:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self._close()

    def _refuse(self, status: HTTPStatus | None) -> None:
        """Answer unless an answer is under way, and hear no more.

        The connection stays half open for a moment: closed with something unread, the system would
        reset it, and the answer would be lost.
        """
        self._deaf = True
        self._stop_timer()
        if status is None or self._unanswered() or not self.transport.can_write_eof():
            self._close_when_read()
            return
        self.logger.warning("connection refused: %d", status)
        self.transport.write(self._problem(status))
        self.transport.write_eof()
        self._set_timer(self.limits.goodbye_seconds, self.transport.abort)

    def _problem(self, status: HTTPStatus) -> bytes:
        code, said = SAID[status]
        document = {
            "type": f"urn:problem-type:maitred:{code.lower().replace('_', '-')}",
            "title": code.replace("_", " ").capitalize(),
            "status": status.value,
            "detail": say(said),
            "code": code,
            "message": said.key,
        }
        body = msgspec.json.encode(document)
        fields = [
            *self.server_state.default_headers,
            (b"content-type", b"application/problem+json"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            fields.append((b"retry-after", RETRY_SECONDS))
        lines = b"".join(b"%b: %b\r\n" % field for field in with_safe_headers(fields))
        return b"%b%b\r\n%b" % (STATUS_LINE[status], lines, body)

    def _make_room(self) -> None:
        """Drop connections that do nothing, of the address that has most; this one if none does.

        A sixteenth of all at once, and where none was found nobody looks again for a moment: to
        look at all of them costs milliseconds, and a crowd may come at a thousand a second.
        """
        now, kind = self.loop.time(), type(self)
        idle = self._idle_ones() if now >= kind._full_until else []  # noqa: SLF001 - its own
        if not idle:
            kind._full_until = max(kind._full_until, now + LOOK_AGAIN_SECONDS)  # noqa: SLF001
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        crowd, _ = Counter(each.host for each in idle).most_common(1)[0]
        most = max(1, self.limits.connections // 16)
        for found in islice((each for each in idle if each.host == crowd), most):
            self.connections.discard(found)  # it leaves by itself only after others have come
            found.transport.abort()

    def _idle_ones(self) -> list["BoundedConnection"]:
        """Those that do nothing; what is in the middle of a body comes last."""
        others = (each for each in self.connections if isinstance(each, BoundedConnection))
        idle = [each for each in others if each is not self and each.is_idle()]
        return sorted(idle, key=lambda each: each._unanswered() is not None)  # noqa: SLF001

    @property
    def host(self) -> str | None:
        """The address of the other side."""
        return self.client[0] if self.client else None

    def is_idle(self) -> bool:
        """Whether nothing is being answered: no request, one not complete yet, or all answered."""
        now = self._unanswered()
        return (now is None or now.more_body) and not self.transport.is_closing()

    def _unanswered(self) -> RequestResponseCycle | None:
        """The request that is being answered, None where there is none."""
        now = self._answering
        return None if now is None or now.response_complete else now

    def _set_timer(self, seconds: float, then: Callable[[], object]) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
