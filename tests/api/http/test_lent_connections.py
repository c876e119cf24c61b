"""A request gives its database connection back, also one that goes wrong before its handler."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ValidationException
from litestar.params import SkipValidation

from api.app import Application
from api.booking.dependencies import GivenReader  # noqa: TC001 - a handler's annotation
from api.http.dependencies import GivenConnection, conn, pool, reader

if TYPE_CHECKING:
    from seating.db import Pool


async def refused_late() -> int:
    """As a wrong query parameter, noticed when the connection has been lent already."""
    await asyncio.sleep(0.02)
    raise ValidationException("no")


GivenRefusal = NamedDependency[SkipValidation[int]]


@get("/transaction", dependencies={"refused": Provide(refused_late)})
async def in_a_transaction(conn: GivenConnection, refused: GivenRefusal) -> int:  # noqa: ARG001
    return refused


@get("/reader", dependencies={"refused": Provide(refused_late)})
async def reading(reader: GivenReader, refused: GivenRefusal) -> int:  # noqa: ARG001
    return refused


@pytest.mark.parametrize("path", ["/transaction", "/reader"])
async def test_a_request_refused_before_its_handler_leaves_no_connection_out(
    pool: Pool, path: str
) -> None:
    kept: list[Exception] = []  # and with each the frames it came through

    def keep(_: Request[Any, Any, Any], error: Exception) -> Response[str]:
        kept.append(error)
        return Response("", status_code=400)

    app = Application(
        [in_a_transaction, reading],
        dependencies=DEPENDENCIES,
        exception_handlers={ValidationException: keep},
    )
    app.state = State({"pool": pool})
    transport = httpx.ASGITransport(app=cast("Any", app))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for number in range(1, 4):
            assert (await client.get(path)).status_code == 400
            assert len(kept) == number
    assert pool.get_idle_size() == pool.get_size()


DEPENDENCIES = {
    "pool": Provide(pool, sync_to_thread=False),
    "conn": Provide(conn),
    "reader": Provide(reader),
}
