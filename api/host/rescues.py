"""Rescues: list the options for a refused party, open one (lock it for two minutes), take it."""

from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from api.host.fields import as_shown
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from policies.house.rules import RescueKind
from policies.rescue.orders import CloseOption, ListRescue, OpenOption, TakeOption
from seating.book.reservations import Reservation
from seating.db import RETRIED, Connection, run
from seating.door.order_answer import OrderAnswer
from seating.rescue.listing import RescueListing, list_rescue, read_rescue_listing
from seating.rescue.opening import close_option, open_option, release_other_options
from seating.rescue.rows import OptionStatus
from seating.rescue.taking import take_option, touched_by_rescue
from seating.rescue.taps import OptionCommand


class RescueTaken(Struct, frozen=True, kw_only=True):
    """The result of taking an option; `result`: what it changed, as the stand shows it.

    `reservation`: booked for the party. `undo_until`: until when an Undo of `action_id` is
    possible; None if not at all.
    """

    action_id: UUID
    option_id: UUID
    kind: RescueKind
    result: OrderAnswer
    reservation: Reservation | None = None
    undo_until: datetime | None = None


OPTION: Final = "/rescues/{rescue_id:uuid}/options/{option_id:uuid}"


@post("/rescues", tags=["rescues"])
async def begin(
    data: JSONBody[ListRescue], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> RescueListing:
    """List every option for a refused or waiting party; locks nothing."""

    async def work(conn: Connection) -> RescueListing:
        return await list_rescue(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@get("/rescues/{rescue_id:uuid}", tags=["rescues"])
async def rescue(
    rescue_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> RescueListing:
    """A rescue with the present state of its options: open, taken, lapsed."""
    return await read_rescue_listing(conn, staff.venue_id, rescue_id, clock)


@post(f"{OPTION}/open", status_code=200, tags=["rescues"])
async def open_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[OpenOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> OptionStatus:
    """Open an option: it is locked for two minutes while the guest decides."""
    tap = OptionCommand(rescue_id, option_id, data, who_of(staff))
    return await run(pool, lambda conn: open_option(conn, staff.venue_id, tap, clock))


@post(f"{OPTION}/close", status_code=200, tags=["rescues"])
async def close_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[CloseOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> OptionStatus:
    """Close an opened option."""
    tap = OptionCommand(rescue_id, option_id, data, who_of(staff))
    return await run(pool, lambda conn: close_option(conn, staff.venue_id, tap, clock))


@post(f"{OPTION}/take", status_code=200, tags=["rescues"])
async def take_one(
    rescue_id: FromPath[UUID],
    option_id: FromPath[UUID],
    data: JSONBody[TakeOption],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> RescueTaken:
    """Carry an option out, in one transaction."""
    venue_id, tap = staff.venue_id, OptionCommand(rescue_id, option_id, data, who_of(staff))
    taken = await run(pool, lambda conn: take_option(conn, venue_id, tap, data, clock))
    with suppress(*RETRIED):  # their locks expire by themselves
        await run(pool, lambda conn: release_other_options(conn, venue_id, rescue_id, clock))
    return RescueTaken(
        action_id=taken.action_id,
        option_id=taken.option_id,
        kind=taken.kind,
        result=await as_shown(pool, staff, touched_by_rescue(taken), clock),
        reservation=taken.reservation,
        undo_until=taken.undo_until,
    )


HANDLERS: Final[tuple[Any, ...]] = (begin, rescue, open_one, close_one, take_one)
