"""Publishing versions of the house: what one would do to the book, from which date it holds."""

from typing import Annotated, Final

from litestar import get, post
from litestar.params import JSONBody, PathParameter

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from seating.db import Connection, run
from seating.house import house_publishing
from seating.house.house_publishing import (
    HousePreview,
    PreviewHouse,
    PublishedHouse,
    PublishHouse,
    WithdrawHouse,
)
from seating.house.stranded import StrandedList, stranded_promises

MANAGER: Final = [needs_role("manager")]
SURE: Final = [needs_role("manager"), confirmed]
Version = Annotated[int, PathParameter(ge=1, le=2_147_483_647)]


@post("/house/drafts/{version:int}/preview", guards=MANAGER, status_code=200, tags=["house"])
async def preview(
    version: Version,
    data: JSONBody[PreviewHouse],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
) -> HousePreview:
    """What a draft would do to the book from a date on, and who would lose their place."""
    return await house_publishing.preview_draft(conn, staff.venue_id, version, data, clock)


@post("/house/drafts/{version:int}/publish", guards=SURE, status_code=200, tags=["house"])
async def publish(
    version: Version,
    data: JSONBody[PublishHouse],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> PublishedHouse:
    """Publish a draft from a date on; promises that lose their place become cases."""

    async def work(conn: Connection) -> PublishedHouse:
        return await house_publishing.publish(
            conn, staff.venue_id, version, data, staff.staff_id, clock
        )

    return await run(pool, work)


@post("/house/versions/{version:int}/withdraw", guards=MANAGER, status_code=200, tags=["house"])
async def withdraw(
    version: Version,
    data: JSONBody[WithdrawHouse],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> PublishedHouse:
    """Take back a published version that has not begun."""

    async def work(conn: Connection) -> PublishedHouse:
        return await house_publishing.withdraw(
            conn, staff.venue_id, version, data, staff.staff_id, clock
        )

    return await run(pool, work)


@get("/house/stranded", guards=MANAGER, tags=["house"])
async def stranded(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> StrandedList:
    """Every promise ahead that the house has no place for, and what could be offered instead."""
    return await stranded_promises(conn, staff.venue_id, clock)


HANDLERS: Final = (preview, publish, withdraw, stranded)
