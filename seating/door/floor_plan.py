"""The house as a tablet caches it for the day: the room, today's periods, who is there."""

from datetime import datetime

import msgspec
from msgspec import Struct

from policies.book.lifecycles import SLIP_SECONDS
from policies.door.calendar_days import DayAbout, about_day
from policies.door.outlines import AreaOutline, Point, door_of, outlines_of
from policies.floor.lever_spans import LEVER_UNDO_SECONDS
from policies.house.calendar import Period
from policies.house.house import Area, House, HouseRules, Join, Role, Table, TurnTime, Venue, Wall
from policies.house.rules import Rules
from policies.rescue.option import OPEN_MINUTES
from seating.access.sessions import IDLE
from seating.book.in_force import house_of, rules_of_date, rules_of_period
from seating.book.periods import tonights_or_none
from seating.clock import Clock, wall_now
from seating.db import Connection

# A person may be logged in at several tablets.
PEOPLE = """
select p.staff_id, p.name, p.role, (
    select min(s.opened_at) from session s
    where s.venue_id = $1 and s.staff_id = p.staff_id and s.ended_at is null
      and s.expires_at > $2 and s.seen_at > $3) as since
from staff p
where p.venue_id = $1 and p.left_at is null order by p.name, p.staff_id
"""


class StaffName(Struct, frozen=True, kw_only=True):
    """A person of the house."""

    staff_id: str
    name: str
    role: Role


class OnDuty(Struct, frozen=True, kw_only=True):
    """Who is logged in at a tablet now, `since` then."""

    staff_id: str
    name: str
    role: Role
    since: datetime


class StandNumbers(Struct, frozen=True, kw_only=True):
    """The numbers of the rules that the stand shows.

    A party counts as late after `late_after_minutes`; `no_show_grace_minutes` after its start its
    table is given away. `called_minutes`: so long a called party's table is kept.
    `option_seconds`: so long an opened rescue option is. `undo_seconds`: so long an action on the
    floor can be taken back, `lever_undo_seconds`: a lever. `slot_minutes`: between bookable starts.
    """

    late_after_minutes: int
    no_show_grace_minutes: int
    called_minutes: int
    option_seconds: int
    undo_seconds: int
    lever_undo_seconds: int
    slot_minutes: int


class Floor(Struct, frozen=True, kw_only=True):
    """The house as a tablet caches it for the day; `house.changed` tells that it is another.

    `outlines`: of the areas; `door`: where guests come in. `special_day`: the name of today's.
    """

    house_version: int
    venue: Venue
    areas: tuple[Area, ...]
    tables: tuple[Table, ...]
    joins: tuple[Join, ...]
    walls: tuple[Wall, ...]
    turn_times: tuple[TurnTime, ...]
    house_rules: HouseRules | None
    periods: tuple[Period, ...]
    staff: tuple[StaffName, ...] = ()
    outlines: tuple[AreaOutline, ...] = ()
    door: Point | None = None
    on_duty: tuple[OnDuty, ...] = ()
    special_day: str | None = None
    about: DayAbout | None = None
    rules: StandNumbers | None = None


class _Person(Struct, frozen=True, kw_only=True):
    staff_id: str
    name: str
    role: Role
    since: datetime | None


async def read_floor(conn: Connection, venue_id: str, clock: Clock) -> Floor:
    """Return the house in force now, and who is logged in."""
    found, now, at = await house_of(conn, venue_id), await clock.now(conn), wall_now()
    known, today = found.at(now), found.service_date_at(now)
    people = msgspec.convert(
        await conn.fetch(PEOPLE, venue_id, at, at - IDLE), list[_Person], from_attributes=True
    )
    period = await tonights_or_none(conn, found, now)
    rules = await (
        rules_of_period(conn, venue_id, period) if period else rules_of_date(conn, venue_id, today)
    )
    about = about_day(known.house, today)
    return msgspec.structs.replace(
        floor_of(known.house, found.periods_on(today), rules, known.version),
        staff=tuple(
            StaffName(staff_id=each.staff_id, name=each.name, role=each.role) for each in people
        ),
        on_duty=tuple(
            OnDuty(staff_id=each.staff_id, name=each.name, role=each.role, since=each.since)
            for each in people
            if each.since is not None
        ),
        special_day=about.special,
        about=about,
    )


def floor_of(house: House, periods: tuple[Period, ...], rules: Rules, version: int) -> Floor:
    """Return the room, without the people in it."""
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
        outlines=outlines_of(house),
        door=door_of(house),
        rules=numbers_of(house, rules),
    )


def numbers_of(house: House, rules: Rules) -> StandNumbers:
    """Return the numbers of the house and of tonight's rules that the stand shows."""
    grace = rules.no_show_grace_minutes or house.booking.no_show_grace_minutes
    return StandNumbers(
        late_after_minutes=house.booking.late_after_minutes,
        no_show_grace_minutes=grace,
        called_minutes=rules.call_minutes,
        option_seconds=OPEN_MINUTES * 60,
        undo_seconds=SLIP_SECONDS,
        lever_undo_seconds=LEVER_UNDO_SECONDS,
        slot_minutes=house.booking.slot_minutes,
    )
