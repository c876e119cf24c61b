"""What the stand shows: tonight, the house, the door, and what was done."""

from typing import Annotated, Final
from uuid import UUID

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from api.host.fields import AskedPeriod, GivenNeeds
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from policies.house.calendar import Period, periods_on, service_date_at
from policies.house.house import Area, House, HouseRules, Join, Table, TurnTime, Venue
from seating.access.staff import staff_of
from seating.book.actions import Entry, actions_of_period
from seating.book.in_force import house_of
from seating.book.periods import tonights
from seating.door.options import AtTheDoor, at_the_door, promised_at_the_door
from seating.door.stand_view import Tonight
from seating.door.tonight import tonight
from seating.errors import Invalid

SizeAtDoor = Annotated[int | None, QueryParameter(ge=1, le=1000)]
AskedParty = Annotated[UUID | None, QueryParameter()]


class Colleague(Struct, frozen=True, kw_only=True):
    staff_id: str
    name: str


class Floor(Struct, frozen=True, kw_only=True):
    """What a tablet keeps of the house for the day."""

    house_version: int
    venue: Venue
    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    joins: tuple[Join, ...]
    turn_times: tuple[TurnTime, ...]
    house_rules: HouseRules | None
    periods: tuple[Period, ...]
    staff: tuple[Colleague, ...]


@get("/tonight", tags=["tonight"])
async def show(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock, period: AskedPeriod = None
) -> Tonight:
    """A period as it stands: tonight's unless another is named."""
    return await tonight(conn, staff.venue_id, period, clock)


@get("/house", tags=["tonight"])
async def house(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> Floor:
    """The floor, the hours and the people of today."""
    known = await house_of(conn, staff.venue_id)
    day = service_date_at(known.house, await clock.now(conn))
    periods = periods_on(known.house, day, house_version=known.version)
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
) -> AtTheDoor:
    """What can be offered now: to a walk-in of a size, or to the party of a reservation."""
    if reservation_id is not None:
        return await promised_at_the_door(conn, staff.venue_id, reservation_id, clock)
    if party_size is None:
        told = "say a party_size, or whose party it is (reservation_id)"
        raise Invalid(told, pointer="/party_size")
    return await at_the_door(conn, staff.venue_id, party_size, needs, clock)


@get("/actions", tags=["tonight"])
async def actions(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> tuple[Entry, ...]:
    """What was done tonight, the latest first."""
    known = await house_of(conn, staff.venue_id)
    period = tonights(known, await clock.now(conn))
    return await actions_of_period(conn, staff.venue_id, period.period_id)


HANDLERS: Final = (show, house, door, actions)
