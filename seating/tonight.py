"""Tonight, read for the stand without a lock: what fell due counts as done."""

from datetime import date, datetime, timedelta

import msgspec

from policies.calendar import Period, periods_on
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.house import Known, house_of
from seating.periods import period_tonight, seen
from seating.shown import Beside, Tonight, WaitBeside, shown

FURTHEST = timedelta(days=800)

BESIDE = """
select r.reservation_id, r.code, r.channel, r.notes, g.phone, g.notes as guest_notes, g.allergies
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.period_id = $2
  and r.state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
"""

WAITS_BESIDE = """
select wait_id, channel, coming_at, suggested_at, suggested_tables from wait_entry
where venue_id = $1 and period_id = $2 and state in ('waiting', 'notified')
"""


async def tonight(conn: Connection, venue_id: str, period_id: str | None, clock: Clock) -> Tonight:
    """Return a period as its host sees it, tonight's if none is named. Raises NotFound."""
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = named_period(known, period_id, now) if period_id else tonights(known, now)
    picture = await seen(conn, venue_id, known.house, period, now=now)
    rows = await conn.fetch(BESIDE, venue_id, period.period_id)
    beside = {row["reservation_id"]: msgspec.convert(dict(row), Beside) for row in rows}
    rows = await conn.fetch(WAITS_BESIDE, venue_id, period.period_id)
    waits = {row["wait_id"]: msgspec.convert(dict(row), WaitBeside) for row in rows}
    return shown(picture, known.house, beside, waits, now)


def tonights(known: Known, now: datetime) -> Period:
    """Return the period the door is about. Raises NotFound on a day without any."""
    return period_tonight(known.house, now, house_version=known.version)


def named_period(known: Known, period_id: str, now: datetime) -> Period:
    """Return a period by its id, from the calendar. Raises NotFound."""
    day, _, _ = period_id.partition(".")
    try:
        service_date = date.fromisoformat(day)
    except ValueError:
        raise NotFound(f"there is no period {period_id}", pointer="/period") from None
    if abs(service_date - now.date()) > FURTHEST:
        raise NotFound(f"{day} is too far off", pointer="/period")
    for period in periods_on(known.house, service_date, house_version=known.version):
        if period.period_id == period_id:
            return period
    raise NotFound(f"there is no period {period_id}", pointer="/period")
