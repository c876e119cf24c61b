"""The server dies in the middle of a request: that is a 503, for reading as for writing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import asyncpg
import pytest

from api.host import guests, tonight
from tests.api.conftest import staff_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from litestar import Litestar

    from seating.db import Connection

DIE = "select pg_terminate_backend(pg_backend_pid())"


async def lose(conn: Connection, *_: object, **__: object) -> None:
    """Lose the connection, and go on asking on it, as what had caught the first failure does."""
    with suppress(asyncpg.PostgresError):
        await conn.execute(DIE)
    await conn.fetchval("select 1")


async def lose_at_once(conn: Connection, *_: object, **__: object) -> None:
    await conn.execute(DIE)


@pytest.mark.parametrize("how", [lose, lose_at_once])
async def test_a_connection_lost_while_a_host_reads_is_told_as_a_503(
    app: Litestar, monkeypatch: pytest.MonkeyPatch, how: Callable[..., Awaitable[None]]
) -> None:
    async with staff_client(app, "host") as host:
        for module, name, path in (
            (guests, "find_guests", "/host/guests?q=590069"),
            (tonight, "read_stand_view", "/host/tonight"),
        ):
            with monkeypatch.context() as patched:
                patched.setattr(module, name, how)
                answer = await host.get(path)
            assert (answer.status_code, answer.json()["code"]) == (503, "UNAVAILABLE"), answer.text
            assert answer.headers["Retry-After"]
            assert (await host.get(path)).status_code == 200
