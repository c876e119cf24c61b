"""Several hosts in DATABASE_URL: asked all at once, so that a dead one delays nobody.

asyncpg asks one after the other within one timeout: a host that swallows packets would use it up.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    import asyncpg

    AnyConnection = asyncpg.Connection[asyncpg.Record]

ONE_WRITES: Final = frozenset({"read-write", "primary"})
"""What target_session_attrs asks for where one server of them all will do."""
TCP_OPTIONS: Final = {
    "TCP_KEEPIDLE": 5,
    "TCP_KEEPINTVL": 2,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 8000,  # milliseconds
}
"""A server whose machine is gone says nothing; its connections are given up after these."""


def each_host(dsn: str) -> list[str]:
    """Return a DSN for each host of one, or only this one where asyncpg is to choose."""
    parts = urlsplit(dsn)
    said = parse_qsl(parts.query, keep_blank_values=True)
    query = dict(said)
    if query.get("target_session_attrs") not in ONE_WRITES:
        return [dsn]
    login, at, written = parts.netloc.rpartition("@")
    if written:
        return [
            urlunsplit(parts._replace(netloc=f"{login}{at}{one}")) for one in written.split(",")
        ]
    hosts, ports = query.get("host", "").split(","), query.get("port", "").split(",")
    if len(ports) != len(hosts):
        ports = ports[:1] * len(hosts)
    others = [(word, value) for word, value in said if word not in {"host", "port"}]
    return [_with_query(dsn, others, one, port) for one, port in zip(hosts, ports, strict=True)]


def _with_query(dsn: str, others: list[tuple[str, str]], host: str, port: str) -> str:
    said = [*others, ("host", host), *([("port", port)] if port else [])]
    query = urlencode(said, quote_via=quote, safe="/:,")
    return urlunsplit(urlsplit(dsn)._replace(query=query))


async def first_of(
    dsn: str, open_one: Callable[[str], Coroutine[Any, Any, AnyConnection]]
) -> AnyConnection:
    """Return the connection of the host that is first to give one; raises what the last raised."""
    tasks = [asyncio.create_task(open_one(one)) for one in each_host(dsn)]
    chosen = None
    try:
        for connected in asyncio.as_completed(tasks):
            try:
                chosen = await connected
            except Exception as error:  # noqa: BLE001 - raised below when no host gives one
                failed = error
            else:
                return chosen
        raise failed
    finally:
        for task in tasks:
            task.cancel()
            task.add_done_callback(lambda done: _drop(done, chosen))


def _drop(task: asyncio.Task[AnyConnection], chosen: AnyConnection | None) -> None:
    if not task.cancelled() and task.exception() is None and task.result() is not chosen:
        task.result().terminate()


def notice_silence(connection: AnyConnection) -> None:
    """Let the system give the connection up when its server is silent for some seconds."""
    known = connection._transport.get_extra_info("socket")  # type: ignore[attr-defined] # noqa: SLF001
    if known is None or known.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    with socket.fromfd(known.fileno(), known.family, socket.SOCK_STREAM) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in TCP_OPTIONS.items():
            if hasattr(socket, name):
                same.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
