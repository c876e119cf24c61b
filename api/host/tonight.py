"""The stand's views: tonight's period, the floor, options at the door, the action log."""

from typing import Annotated, Final
from uuid import UUID

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from api.host.fields import AskedPeriod, Colleague, GivenNeeds
from api.http.access import OPEN, paired_device
from api.http.dependencies import GivenClock, GivenConnection, GivenDevice, GivenStaff
from policies.house.calendar import Period
from policies.house.house import Area, House, HouseRules, Join, Table, TurnTime, Venue, Wall
from policies.words.message import message
from seating.access.staff import staff_of
from seating.book.actions import AuditEntry, actions_of_period
from seating.book.in_force import house_of
from seating.book.periods import tonights_or_none
from seating.door.locked_view import LockedView
from seating.door.options import (
    DoorOptions,
    options_for_promise,
    options_for_waiting,
    options_for_walk_in,
)
from seating.door.stand_view import StandView
from seating.door.tonight import read_locked_view, read_stand_view
from seating.errors import Invalid

SizeAtDoor = Annotated[int | None, QueryParameter(ge=1, le=1000)]
AskedParty = Annotated[UUID | None, QueryParameter()]


class Floor(Struct, frozen=True, kw_only=True):
    """The house as a tablet caches it for the day."""

    house_version: int
    venue: Venue
    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    joins: tuple[Join, ...]
    walls: tuple[Wall, ...]
    turn_times: tuple[TurnTime, ...]
    house_rules: HouseRules | None
    periods: tuple[Period, ...]
    staff: tuple[Colleague, ...]


@get("/tonight", tags=["tonight"])
async def show(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock, period: AskedPeriod = None
) -> StandView:
    """The present state of a period: tonight's unless another is named."""
    return await read_stand_view(conn, staff.venue_id, period, clock)


@get("/locked", opt=OPEN, guards=[paired_device], tags=["tonight"])
async def locked(device: GivenDevice, conn: GivenConnection, clock: GivenClock) -> LockedView:
    """What a locked tablet shows by its own right: the room, tables, times and sizes."""
    return await read_locked_view(conn, device.venue_id, clock)


@get("/house", tags=["tonight"])
async def house(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> Floor:
    """Tables, today's periods and staff."""
    found, now = await house_of(conn, staff.venue_id), await clock.now(conn)
    known, periods = found.at(now), found.periods_on(found.service_date_at(now))
    people = await staff_of(conn, staff.venue_id)
    names = tuple(Colleague(staff_id=each.staff_id, name=each.name) for each in people)
    return floor_of(known.house, periods, names, known.version)


def floor_of(
    house: House, periods: tuple[Period, ...], staff: tuple[Colleague, ...], version: int
) -> Floor:
    return Floor(
        house_version=version,
        venue=house.venue,
        areas=house.areas,
        tables=house.tables,
        joins=house.joins,
        walls=house.walls,
        turn_times=house.turn_times,
        house_rules=house.house_rules,
        periods=periods,
        staff=staff,
    )


@get("/door", tags=["tonight"])
async def door(
    needs: GivenNeeds,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    party_size: SizeAtDoor = None,
    reservation_id: AskedParty = None,
    wait_id: AskedParty = None,
) -> DoorOptions:
    """Options at the door now: for a walk-in of this size, a reservation or a waiting party."""
    if wait_id is not None:
        return await options_for_waiting(conn, staff.venue_id, wait_id, clock)
    if reservation_id is not None:
        return await options_for_promise(conn, staff.venue_id, reservation_id, clock)
    if party_size is None:
        detail = message("whose-party")
        raise Invalid(detail, pointer="/party_size")
    return await options_for_walk_in(conn, staff.venue_id, party_size, needs, clock)


@get("/actions", tags=["tonight"])
async def actions(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[AuditEntry, ...]:
    """Tonight's actions, the latest first."""
    known = await house_of(conn, staff.venue_id)
    period = await tonights_or_none(conn, known, await clock.now(conn))
    if period is None:
        return ()
    return await actions_of_period(conn, staff.venue_id, period.period_id)


HANDLERS: Final = (show, house, door, actions)
