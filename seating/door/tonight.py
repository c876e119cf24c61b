"""Reads a period for the stand, without a lock; what is due by now counts as done."""

from datetime import datetime

import msgspec
from asyncpg import Record
from msgspec.structs import replace

from policies.book.levers import is_for
from policies.book.picture import Promise, WaitEntry
from policies.house.calendar import Period
from policies.house.house import House
from seating.book.in_force import HouseVersion, house_of, version_for
from seating.book.levers import levers_standing
from seating.book.periods import period_by_id, read_period, read_unlocked, tonights_or_none
from seating.book.picture import PROMISE_COLUMNS
from seating.book.service_notes import notes_of_dates
from seating.clock import Clock
from seating.db import Connection
from seating.door.closed_day import closed_today
from seating.door.given_up import given_up_tables
from seating.door.stand_view import (
    ReservationDetails,
    ReservationView,
    StandView,
    WaitEntryDetails,
    WaitEntryView,
    ended_views,
    stand_view,
)
from seating.errors import NotFound

RESERVATION_DETAILS = """
select r.reservation_id, r.code, r.channel, r.special_request, r.notes, g.phone,
       g.notes as guest_notes, g.allergies
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.period_id = $2
  and r.state in ('requested', 'booked', 'arrived', 'seated', 'no_show')
"""

# What is over, where a host looks for what is to be reopened.
ENDED_RESERVATIONS = f"""
select to_json(r)::text as promise, d.reservation_id, d.code, d.channel, d.special_request, d.notes,
       g.phone, g.notes as guest_notes, g.allergies
from (select {PROMISE_COLUMNS} from reservation
      where venue_id = $1 and period_id = $2
        and state in ('finished', 'cancelled', 'declined', 'walked')
      order by starts, reservation_id) r
join reservation d on d.venue_id = $1 and d.reservation_id = r.reservation_id
left join guest g on g.venue_id = $1 and g.guest_id = d.guest_id
order by r.starts, r.reservation_id
"""

ENDED_WAITS = """
select coalesce(json_agg(w), '[]')::text
from (select wait_id, period_id, state, party_size, joined_at, name, phone, needs, quoted_minutes,
             notified_at, ended_at, coming_at, waits_at as "where", version, channel, notes,
             suggested_at, suggested_tables, requoted_at, requoted_minutes
      from wait_entry
      where venue_id = $1 and period_id = $2 and state in ('left', 'gone', 'turned_away')
      order by joined_at, wait_id) w
"""

WAIT_ENTRY_DETAILS = """
select wait_id, channel, notes, coming_at, suggested_at, suggested_tables, requoted_at,
       requoted_minutes
from wait_entry
where venue_id = $1 and period_id = $2
  and (state in ('waiting', 'notified') or (state = 'seated' and notes <> ''))
"""


async def read_stand_view(
    conn: Connection, venue_id: str, period_id: str | None, clock: Clock
) -> StandView:
    """Return the stand view of a period, tonight's if none is named. Raises NotFound.

    On a closed day it holds what comes next and the notes of the day.
    """
    in_force = await house_of(conn, venue_id)
    now = await clock.now(conn)
    period = await _period(conn, in_force, period_id, now)
    if period is None:
        today = in_force.service_date_at(now)
        notes = await notes_of_dates(conn, venue_id, today, today)
        return StandView(now=now, closed=closed_today(in_force, now), notes=notes)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    rows = await conn.fetch(RESERVATION_DETAILS, venue_id, period.period_id)
    details = {row["reservation_id"]: _details(row) for row in rows}
    rows = await conn.fetch(WAIT_ENTRY_DETAILS, venue_id, period.period_id)
    waits = {row["wait_id"]: msgspec.convert(dict(row), WaitEntryDetails) for row in rows}
    runs_under = await version_for(conn, in_force, picture.period)
    house, day = runs_under.house, period.service_date
    given_up = await given_up_tables(
        conn, venue_id, day, day, house.venue.locale, period_id=period.period_id
    )
    view = stand_view(picture, house, details, waits, now, given_up)
    day = period.service_date
    ended = await _ended(conn, house, period.period_id, now)
    levers = await levers_standing(conn, venue_id, day, day, now=now)
    notes = await notes_of_dates(conn, venue_id, day, day)
    return replace(
        view,
        ended_reservations=ended[0],
        ended_waiting=ended[1],
        levers=tuple(each for each in levers if is_for(each, period)),
        notes=tuple(each for each in notes if each.period in {None, period.name}),
    )


async def _ended(
    conn: Connection, house: House, period_id: str, now: datetime
) -> tuple[tuple[ReservationView, ...], tuple[WaitEntryView, ...]]:
    """Return the period's reservations and waitlist entries that are over."""
    venue_id = house.venue.id
    rows = await conn.fetch(ENDED_RESERVATIONS, venue_id, period_id)
    promises = [msgspec.json.decode(row["promise"], type=Promise) for row in rows]
    details = {row["reservation_id"]: _details(row) for row in rows}
    waits = await conn.fetchval(ENDED_WAITS, venue_id, period_id)
    entries = msgspec.json.decode(waits, type=list[WaitEntry])
    waited = {
        each.wait_id: each for each in msgspec.json.decode(waits, type=list[WaitEntryDetails])
    }
    return ended_views(house, promises, details, entries, waited, now)


def _details(row: Record) -> ReservationDetails:
    columns = {name: row[name] for name in ReservationDetails.__struct_fields__}
    return msgspec.convert(columns, ReservationDetails)


async def _period(
    conn: Connection, in_force: HouseVersion, period_id: str | None, now: datetime
) -> Period | None:
    """Return the period of the calendar, else of its row: promises of it may remain."""
    if period_id is None:
        return await tonights_or_none(conn, in_force, now)
    try:
        return period_by_id(in_force, period_id, now)
    except NotFound as unknown:
        try:
            return await read_period(conn, in_force.house.venue.id, period_id)
        except NotFound:
            raise unknown from None
