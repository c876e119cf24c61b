"""Database connections lent to a request, given back when it ends at the latest.

Litestar 2 closes a generator dependency after the handler, but not when another dependency of the
same request raises meanwhile (a query parameter is wrong): the connection would stay out of the
pool until the garbage is collected, and the pool would wait for it when it closes.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Request
from litestar.types import Scope

from seating.db import Connection, Pool

KEY: Final = "lent_connections"


@asynccontextmanager
async def lent(
    request: Request[Any, Any, Any], pool: Pool, *, writes: bool = False
) -> AsyncGenerator[Connection, None]:
    """Lend a connection until the block ends, or the request does; `writes`: none kept for readers.

    Raises NoConnectionFreeError.
    """
    connection = await (pool.for_writing() if writes else pool.acquire())
    _open(request.scope).append((pool, connection))
    try:
        yield connection
    finally:
        await pool.release(connection)


async def give_back(scope: Scope) -> None:
    """Release what a request still has; a transaction left open is rolled back by that.

    To release twice does nothing.
    """
    if KEY in scope:
        for pool, connection in _open(scope):
            await pool.release(connection)


def _open(scope: Any) -> list[tuple[Pool, Any]]:  # noqa: ANN401 - a scope holds what one puts there
    found: list[tuple[Pool, Any]] = scope.setdefault(KEY, [])
    return found
