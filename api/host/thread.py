"""The thread of a visit at the stand: what its guest wrote, and the house's answer."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.fields import Sent
from seating.booking.thread import (
    MessageText,
    ThreadMessage,
    mark_read,
    thread_of,
    write_as_house,
)
from seating.db import Connection, run

ONE: Final = "/reservations/{reservation_id:uuid}/thread"


class HouseAnswer(Sent, frozen=True, kw_only=True):
    """What the house writes to a guest; `id`: of the message, made by the tablet."""

    id: UUID
    text: MessageText


@get(ONE, tags=["desk"])
async def thread(
    reservation_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection
) -> tuple[ThreadMessage, ...]:
    """What was written about a visit, the oldest message first."""
    return await thread_of(conn, staff.venue_id, reservation_id)


@post(ONE, status_code=200, tags=["desk"])
async def answer(
    reservation_id: FromPath[UUID],
    data: JSONBody[HouseAnswer],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> tuple[ThreadMessage, ...]:
    """Answer a guest; the answer stands on its page, and what it wrote is read."""

    async def work(conn: Connection) -> tuple[ThreadMessage, ...]:
        said = (staff.venue_id, reservation_id, data.id, data.text, staff.staff_id)
        return await write_as_house(conn, *said, clock)

    return await run(pool, work)


@post(f"{ONE}/read", status_code=204, tags=["desk"])
async def read(
    reservation_id: FromPath[UUID], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> None:
    """Note that what the guest wrote was read."""

    async def work(conn: Connection) -> None:
        await mark_read(conn, staff.venue_id, reservation_id, clock)

    await run(pool, work)


HANDLERS: Final = (thread, answer, read)
