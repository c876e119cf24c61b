"""House rules of one reservation: what its party was shown, and reading them out."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, booker_of
from seating.db import Connection, run
from seating.house.house_rules import (
    PartyAcknowledgements,
    ReadRules,
    party_acknowledgements,
    read_out,
)

ONE: Final = "/reservations/{reservation_id:uuid}/house-rules"


@get(ONE, tags=["desk"])
async def shown(
    reservation_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection
) -> PartyAcknowledgements:
    """Which rules a party was shown; only those may be applied to it."""
    return await party_acknowledgements(conn, staff.venue_id, reservation_id, booker_of(staff))


@post(ONE, status_code=200, tags=["desk"])
async def read(
    reservation_id: FromPath[UUID],
    data: JSONBody[ReadRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> PartyAcknowledgements:
    """Record that the rules in force were read out to a party, before its start."""

    async def work(conn: Connection) -> PartyAcknowledgements:
        asked = (staff.venue_id, reservation_id)
        return await read_out(conn, *asked, data, booker_of(staff), clock)

    return await run(pool, work)


HANDLERS: Final = (shown, read)
