"""Bringing the book under the house of each date: the period rows, and who is promised in them.

Whatever changes which house holds on a date (publishing, withdrawing, a file) ends here, in one
transaction under the lock of the house and of every period concerned.
"""

import logging
from datetime import date, datetime, timedelta
from functools import cache, partial

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import apply_changes
from policies.book.picture import Picture
from policies.drafts.book import Day, DayOf, in_zone
from policies.drafts.stranding import NewBook, carry_over, receivers
from policies.floor.due import due_changes
from policies.house.calendar import Period
from seating.book.in_force import DatedHouse, HouseVersion, house_of, version_for
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import (
    LOCK_HOUSE,
    lock_or_create_rows,
    lock_rows,
    read_locked,
    read_under_lock,
)
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.house.zone_changes import follow_zone

log = logging.getLogger("maitred.house")

PERIODS_AHEAD = f"""
select {PERIOD_COLUMNS}
from period p
where p.venue_id = $1 and p.closed_at is null and p.closes > $2 and p.service_date >= $3
order by p.opens, p.period_id
"""

MOVE_PERIODS = """
update period p set opens = x.opens, last_seating = x.last_seating, closes = x.closes,
    house_version = x.house_version, served = x.served
from jsonb_to_recordset($2::jsonb) as x (
    period_id text, opens timestamptz, last_seating timestamptz, closes timestamptz,
    house_version int, served boolean)
where p.venue_id = $1 and p.period_id = x.period_id
"""

# A promise that belongs to another period takes along what is told of it.
FOLLOW_PROMISES = """
with moved as (
    select * from jsonb_to_recordset($2::jsonb) as x (reservation_id uuid, period_id text)),
seated as (
    update seating s set period_id = x.period_id from moved x
    where s.venue_id = $1 and s.reservation_id = x.reservation_id),
exposed as (
    update exposure e set period_id = x.period_id from moved x
    where e.venue_id = $1 and e.reservation_id = x.reservation_id),
given as (
    update gesture g set period_id = x.period_id from moved x
    where g.venue_id = $1 and g.reservation_id = x.reservation_id),
rescued as (
    update rescue r set period_id = x.period_id from moved x
    where r.venue_id = $1 and r.reservation_id = x.reservation_id)
update till_check c set period_id = x.period_id from moved x
where c.venue_id = $1 and c.reservation_id = x.reservation_id
"""

# Who sits or waits without a reservation goes on in the period that takes the place of theirs.
FOLLOW_PARTIES = """
with waiting as (
    update wait_entry set period_id = $3
    where venue_id = $1 and period_id = $2 and state in ('waiting', 'notified'))
update seating set period_id = $3
where venue_id = $1 and period_id = $2 and cleared_at is null
"""

POINT = """
update venue set house_version = $2, name = $3
where venue_id = $1 and (house_version, name) is distinct from ($2, $3)
"""

PUT_TABLES = """
with kept as (
    insert into dining_table (venue_id, table_id)
    select $1, unnest($2::text[])
    on conflict (venue_id, table_id) do update set retired_at = null
    where dining_table.retired_at is not null)
update dining_table set retired_at = $3
where venue_id = $1 and retired_at is null and not table_id = any($2::text[])
"""

# Venues that have periods under another version than that of their date, or several versions.
MAY_BE_BEHIND = """
select v.venue_id, exists (
    select from period p
    where p.venue_id = v.venue_id and p.closed_at is null and p.closes > $1
      and p.house_version <> (
          select h.version from house h
          where h.venue_id = p.venue_id and h.state = 'published' and h.from_date <= p.service_date
          order by h.from_date desc, h.version desc limit 1)) as behind
from venue v
where (select count(*) from house h where h.venue_id = v.venue_id and h.state = 'published') > 1
order by v.venue_id
"""

BEFORE = timedelta(days=2)
"""Periods so long before a version's first date can share a night with it."""


class OpenPeriods(Struct, frozen=True):
    """The open periods from a date on, locked, with what was due in them applied."""

    in_force: HouseVersion
    periods: tuple[Period, ...]
    from_date: date
    now: datetime

    @property
    def venue_id(self) -> str:
        """The venue they are of."""
        return self.in_force.house.venue.id


def days_of(in_force: HouseVersion) -> DayOf:
    """Return how the pure rules ask for a date: its house, version and periods."""

    @cache
    def day_of(service_date: date) -> Day:
        known = in_force.on(service_date)
        return Day(known.house, known.version, in_force.periods_on(service_date))

    return day_of


async def lock_ahead(
    conn: Connection, in_force: HouseVersion, new: HouseVersion, from_date: date, now: datetime
) -> OpenPeriods:
    """Lock every open period from a date on, and let fall due what is; the house is locked.

    Promises keep their local times where the new house names another zone. Call it before the new
    house is in force. Raises LostRaceError.
    """
    venue_id = in_force.house.venue.id
    periods = await _ahead(conn, venue_id, from_date, now)
    await lock_rows(conn, venue_id, [each.period_id for each in periods])
    periods = await _ahead(conn, venue_id, from_date, now)
    known = {each.period_id for each in periods}
    for each in periods:
        around = [one for one in in_force.overlapping(each) if one.period_id in known]
        await read_locked(conn, venue_id, in_force, each, now=now, around=around)
    locked = OpenPeriods(in_force, periods, from_date, now)
    await _keep_local_times(conn, locked, new)
    return locked


async def carry_locked(conn: Connection, locked: OpenPeriods, new: HouseVersion) -> NewBook:
    """Bring the locked periods under the versions that hold from now on, and write it."""
    venue_id, now = locked.venue_id, locked.now
    day_of = days_of(new)
    periods = await _ahead(conn, venue_id, locked.from_date, now)
    pictures = [await _alone(conn, venue_id, each, now) for each in periods]
    known = {each.period_id for each in periods}
    others = {each.period_id: each for each in receivers(pictures, day_of)}
    missing = [each for key, each in sorted(others.items()) if key not in known]
    await lock_or_create_rows(conn, venue_id, missing)
    pictures += [await _alone(conn, venue_id, each, now) for each in missing]
    pictures.sort(key=lambda each: (each.period.opens, each.period.period_id))
    book = carry_over(pictures, day_of, now=now)
    await _write(conn, venue_id, book, now)
    return book


async def book_under(
    conn: Connection, in_force: HouseVersion, new: HouseVersion, from_date: date, now: datetime
) -> NewBook:
    """Return what `carry_locked` would do now. Reads only, without a lock."""
    venue_id, day_of = in_force.house.venue.id, days_of(new)
    periods = await _ahead(conn, venue_id, from_date, now)
    pictures = list[Picture]()
    for each in periods:
        house = (await version_for(conn, in_force, each)).house
        picture = await _alone(conn, venue_id, each, now)
        due = apply_changes(picture, due_changes(picture, house, now))
        moved = in_zone(due, house.venue.zone, day_of)
        if moved.period.closes > now:  # by the clocks of another zone it may be over
            pictures.append(moved)
    known = {each.period_id for each in periods}
    others = {each.period_id: each for each in receivers(pictures, day_of)}
    pictures += [Picture(period=each) for key, each in others.items() if key not in known]
    pictures.sort(key=lambda each: (each.period.opens, each.period.period_id))
    return carry_over(pictures, day_of, now=now)


async def point_to(conn: Connection, new: HouseVersion, now: datetime) -> None:
    """Let the venue point to the version of today; the tables of all that is ahead are in use."""
    today = new.at(now)
    venue = today.house.venue
    await conn.execute(POINT, venue.id, today.version, venue.name)
    ahead = [each for each in new.dated if each.from_date > new.service_date_at(now)]
    houses = [today.house, *(each.house for each in ahead)]
    tables = sorted({table.id for house in houses for table in house.tables})
    await conn.execute(PUT_TABLES, venue.id, tables, now)


async def follow_houses(pool: Pool, clock: Clock) -> int:
    """Let each venue point to today's version, and bring along periods that an older program left.

    Returns how many venues had anything to do; a failure at one does not stop the others.
    """
    async with pool.acquire() as conn:
        now = await clock.now(conn)
        venues = await conn.fetch(MAY_BE_BEHIND, now)
    moved = 0
    for row in venues:
        work = partial(_follow, venue_id=row["venue_id"], behind=row["behind"], now=now)
        try:
            moved += await run(pool, work)
        except Exception:
            log.exception("%s could not be brought under its house of today", row["venue_id"])
    return moved


async def _follow(conn: Connection, venue_id: str, *, behind: bool, now: datetime) -> bool:
    in_force = await house_of(conn, venue_id)
    if not behind and in_force.at(now).version == in_force.version:
        return False
    await conn.execute(LOCK_HOUSE, venue_id)
    in_force = await house_of(conn, venue_id)
    await point_to(conn, in_force, now)
    if behind:
        today = in_force.service_date_at(now)
        locked = await lock_ahead(conn, in_force, in_force, today, now)
        await carry_locked(conn, locked, in_force)
    return True


async def _ahead(
    conn: Connection, venue_id: str, from_date: date, now: datetime
) -> tuple[Period, ...]:
    since = max(from_date, date.min + BEFORE) - BEFORE
    rows = await conn.fetch(PERIODS_AHEAD, venue_id, now, since)
    return tuple(period_in(row) for row in rows)


def _dates(locked: OpenPeriods) -> list[date]:
    return [each.service_date for each in locked.periods]


async def _alone(conn: Connection, venue_id: str, period: Period, now: datetime) -> Picture:
    return await read_under_lock(conn, venue_id, period, (period,), now=now)


async def _keep_local_times(conn: Connection, locked: OpenPeriods, new: HouseVersion) -> None:
    old, dated = locked.in_force, list[DatedHouse]()
    for day in sorted({*_dates(locked), *(each.from_date for each in new.dated)}):
        was, zone = old.on(day), new.on(day).house.venue.zone
        if was.house.venue.zone != zone:
            moved = replace(was.house, venue=replace(was.house.venue, zone=zone))
            dated.append(DatedHouse(day, was.version, moved))
        else:
            dated.append(DatedHouse(day, was.version, was.house))
    if any(each.house is not old.on(each.from_date).house for each in dated):
        line = HouseVersion(old.house, old.version, tuple(reversed(dated)))
        await follow_zone(conn, line, locked.now)


async def _write(conn: Connection, venue_id: str, book: NewBook, now: datetime) -> None:
    rows = msgspec.json.encode([each.period for each in book.carried]).decode()
    await conn.execute(MOVE_PERIODS, venue_id, rows)
    for each in book.carried:
        await write(conn, venue_id, each.picture, WriteSet(changes=each.changes), now=now)
    followed = [{"reservation_id": key, "period_id": to} for key, to in book.followed.items()]
    if followed:
        await conn.execute(FOLLOW_PROMISES, venue_id, msgspec.json.encode(followed).decode())
    for each in book.carried:
        if each.successor is not None:
            ours = each.period.period_id
            await conn.execute(FOLLOW_PARTIES, venue_id, ours, each.successor)
