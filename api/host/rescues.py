"""Ways to say yes after all: list them, open one, take it."""

from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from policies.rescue.orders import CloseOption, ListRescue, OpenOption, TakeOption
from seating.db import RETRIED, Connection, run
from seating.rescue.listing import Listed, list_rescue, rescue_now
from seating.rescue.opening import close_option, let_go_of_the_rest, open_option
from seating.rescue.rows import Kept
from seating.rescue.taking import Taken, take_option
from seating.rescue.taps import Tap

OPTION: Final = "/rescues/{rescue_id:uuid}/options/{option_id:uuid}"


@post("/rescues", tags=["rescues"])
async def begin(
    data: JSONBody[ListRescue], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Listed:
    """Look for every way to say yes to a party; nothing is locked."""

    async def work(conn: Connection) -> Listed:
        return await list_rescue(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@get("/rescues/{rescue_id:uuid}", tags=["rescues"])
async def rescue(
    rescue_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> Listed:
    """A rescue as it stands: what is open, taken or lapsed."""
    return await rescue_now(conn, staff.venue_id, rescue_id, clock)


@post(f"{OPTION}/open", status_code=200, tags=["rescues"])
async def open_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[OpenOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Kept:
    """Keep an option for two minutes while the guest decides."""
    tap = Tap(rescue_id, option_id, data, who_of(staff))
    return await run(pool, lambda conn: open_option(conn, staff.venue_id, tap, clock))


@post(f"{OPTION}/close", status_code=200, tags=["rescues"])
async def close_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[CloseOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Kept:
    """Let an option go."""
    tap = Tap(rescue_id, option_id, data, who_of(staff))
    return await run(pool, lambda conn: close_option(conn, staff.venue_id, tap, clock))


@post(f"{OPTION}/take", status_code=200, tags=["rescues"])
async def take_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[TakeOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Taken:
    """Do what the option says, at once and as a whole."""
    venue_id, tap = staff.venue_id, Tap(rescue_id, option_id, data, who_of(staff))
    taken = await run(pool, lambda conn: take_option(conn, venue_id, tap, data, clock))
    with suppress(*RETRIED):  # their two minutes end in any case
        await run(pool, lambda conn: let_go_of_the_rest(conn, venue_id, rescue_id, clock))
    return taken


HANDLERS: Final[tuple[Any, ...]] = (begin, rescue, open_one, close_one, take_one)
