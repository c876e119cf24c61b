"""The services of some dates, a line each: hours, what is booked, what they could take."""

from datetime import date, datetime

from msgspec import Struct

from policies.door.calendar_days import PeriodCapacity
from policies.words.message import message
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection
from seating.door.days import DAYS_AT_MOST, Booked, DayAhead, ServiceAhead, days_ahead, first_day
from seating.errors import Invalid

WEEK = 7


class ServiceLine(Struct, frozen=True, kw_only=True):
    """A service of a date.

    `special_day`: its name; `buy_outs`: the names of private events that day. `overbooked`: parties
    beyond the room. `closed`: over, or given up (`served` False) while people were promised it.
    `paused`: nothing is booked online; `stopped`: nobody is seated. `rules_version`: the rules in
    force, None where none were published. `version`: of the period, 0 while nothing was booked.
    """

    period_id: str
    service_date: date
    name: str
    opens: datetime
    last_seating: datetime
    closes: datetime
    booked: Booked
    capacity: PeriodCapacity
    special_day: str | None = None
    buy_outs: tuple[str, ...] = ()
    overbooked: int = 0
    closed: bool = False
    paused: bool = False
    stopped: bool = False
    served: bool = True
    rules_version: int | None = None
    version: int = 0


async def service_lines(
    conn: Connection, venue_id: str, first: date | None, last: date | None, clock: Clock
) -> tuple[ServiceLine, ...]:
    """Return the services from one date to another, in order; a week from today by default.

    Raises Invalid for dates too far off, too many of them, or an end before the start.
    """
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    first = first_day(in_force, first, now)
    count = WEEK if last is None else (last - first).days + 1
    if not 0 < count <= DAYS_AT_MOST:
        raise Invalid(message("dates-at-most", most=DAYS_AT_MOST), pointer="/to")
    ahead = await days_ahead(conn, venue_id, first, count, clock)
    return tuple(_line(day, service) for day in ahead.days for service in day.services)


def _line(day: DayAhead, service: ServiceAhead) -> ServiceLine:
    period = service.period
    return ServiceLine(
        period_id=period.period_id,
        service_date=period.service_date,
        name=period.name,
        opens=period.opens,
        last_seating=period.last_seating,
        closes=period.closes,
        booked=service.booked,
        capacity=service.capacity,
        special_day=day.about.special,
        buy_outs=day.about.buy_outs,
        overbooked=service.booked.overbooked,
        closed=service.over or not service.served,
        paused=period.online_paused,
        stopped=period.seating_stopped,
        served=service.served,
        rules_version=period.rules_version,
        version=period.version,
    )
