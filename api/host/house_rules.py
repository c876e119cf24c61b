"""House rules and one party: what it was shown, and reading them out to it."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, booker_of
from seating.db import Connection, run
from seating.house.house_rules import ReadRules, RulesShown, read_out, rules_shown

ONE: Final = "/reservations/{reservation_id:uuid}/house-rules"


@get(ONE, tags=["desk"])
async def shown(
    reservation_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection
) -> RulesShown:
    """What a party was shown; nothing else may be held against it."""
    return await rules_shown(conn, staff.venue_id, reservation_id, booker_of(staff))


@post(ONE, status_code=200, tags=["desk"])
async def read(
    reservation_id: FromPath[UUID],
    data: JSONBody[ReadRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> RulesShown:
    """The rules in force have been read out to a party, before its time has come."""

    async def work(conn: Connection) -> RulesShown:
        asked = (staff.venue_id, reservation_id)
        return await read_out(conn, *asked, data, booker_of(staff), clock)

    return await run(pool, work)


HANDLERS: Final = (shown, read)
