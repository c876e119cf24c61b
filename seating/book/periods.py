"""The period row: created on first use, locked before anything it has promised changes.

Every command: `lock_period` (lock, read the picture, apply what is due), decide, `write`. A row
says which version of the house its period runs under; publishing changes that, under its lock.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import apply_changes
from policies.book.picture import Picture
from policies.floor.due import due_changes
from policies.house.calendar import Period
from policies.house.house import House
from policies.words.message import message
from seating.book.in_force import HOUSE_OF_DATE, IN_FORCE, HouseVersion, house_of, version_for
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.picture import read_picture
from seating.book.write import WriteSet, write
from seating.db import Connection, LostRaceError
from seating.errors import NotFound
from seating.lock_queue import waiting_for

CALENDAR_REACH = timedelta(days=800)
NEXT_WITHIN_DAYS = 120


LOCK_PERIODS = """
select period_id from period
where venue_id = $1 and period_id = any($2::text[])
order by period_id
for update
"""

LOCK_FREE_PERIODS = f"{LOCK_PERIODS.rstrip()} nowait"

# Whoever holds it opens no period and publishes no house at the same time as others.
LOCK_HOUSE = "select pg_advisory_xact_lock(hashtextextended('maitred house ' || $1, 0))"

# Shared: many open periods at once, none while a house is published or levers are pulled ahead.
HOUSE_STAYS = "select pg_advisory_xact_lock_shared(hashtextextended('maitred house ' || $1, 0))"

OPEN_PERIODS = f"""
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version, rules_version)
select $1, p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes, p.house_version,
       {IN_FORCE.format(service_date="p.service_date")}
from jsonb_to_recordset($2::jsonb) as p (
    period_id text, service_date date, name text, opens timestamptz, last_seating timestamptz,
    closes timestamptz, house_version int)
where p.house_version = {HOUSE_OF_DATE.format(service_date="p.service_date")}
order by p.period_id
on conflict do nothing
"""


# A period that today's house no longer serves: the running one, else the next, else the last.
GIVEN_UP = f"""
select {PERIOD_COLUMNS}
from period p
where p.venue_id = $1 and p.service_date = $2 and p.closed_at is null and not p.served
order by p.closes <= $3, case when p.closes > $3 then p.opens end, p.opens desc
limit 1
"""

READ_PERIOD = f"""
select {PERIOD_COLUMNS}
from period p where p.venue_id = $1 and p.period_id = $2
"""


class LockedPeriod(Struct, frozen=True):
    """A locked period: its picture, its house version, the business time of the command."""

    venue_id: str
    in_force: HouseVersion
    picture: Picture
    now: datetime

    @property
    def house(self) -> House:
        """The house the period runs under."""
        return self.in_force.house


async def read_period(conn: Connection, venue_id: str, period_id: str) -> Period:
    """Return a period from its row; raises NotFound if it has none yet."""
    row = await conn.fetchrow(READ_PERIOD, venue_id, period_id)
    if row is None:
        raise NotFound(message("no-period-named", period=period_id))
    return period_in(row)


async def lock_rows(conn: Connection, venue_id: str, period_ids: Sequence[str]) -> int:
    """Lock period rows in order of id (so no deadlocks); returns how many exist.

    Raises LockNotAvailableError when others keep them locked, CrowdedError when many wait already.
    """
    with waiting_for(venue_id, period_ids) as may_wait:
        return await take_rows(conn, venue_id, period_ids, may_wait=may_wait)


async def take_rows(
    conn: Connection, venue_id: str, period_ids: Sequence[str], *, may_wait: bool
) -> int:
    """Lock period rows with the place that `waiting_for` gave; returns how many exist."""
    lock = LOCK_PERIODS if may_wait else LOCK_FREE_PERIODS
    return len(await conn.fetch(lock, venue_id, period_ids))


async def lock_or_create_rows(conn: Connection, venue_id: str, periods: Sequence[Period]) -> None:
    """Lock period rows, inserting those that do not exist.

    Raises LostRaceError if another house was published for them since theirs was read.
    """
    ids = [period.period_id for period in periods]
    # One place for all of it: who gave it away with the rows inserted would find it taken by those
    # who wait for just these rows, and everybody would begin again for ever.
    with waiting_for(venue_id, ids) as may_wait:
        if await take_rows(conn, venue_id, ids, may_wait=may_wait) < len(ids):
            await conn.execute(HOUSE_STAYS, venue_id)
            await conn.execute(OPEN_PERIODS, venue_id, msgspec.json.encode(periods).decode())
            if await take_rows(conn, venue_id, ids, may_wait=may_wait) < len(ids):
                raise LostRaceError("another house was published meanwhile")


async def read_under_lock(
    conn: Connection,
    venue_id: str,
    period: Period,
    around: Sequence[Period],
    *,
    now: datetime,
) -> Picture:
    """Read the picture; the caller holds the locks of `around`."""
    return await read_picture(conn, venue_id, period, around, now=now)


async def lock_period(
    conn: Connection,
    venue_id: str,
    in_force: HouseVersion,
    period: Period,
    *,
    now: datetime,
    also: Sequence[Period] = (),
    together: bool = False,
) -> LockedPeriod:
    """Lock a period and its neighbours (their turns share its tables), apply what is due, read it.

    `also`: further periods to lock in the same sorted order; `together`: the picture holds the
    promises of all of them. Raises RuntimeError outside a transaction.
    """
    if not conn.is_in_transaction():
        raise RuntimeError("a period is locked inside a transaction only")
    near = [each for one in (period, *also) for each in in_force.overlapping(one)]
    every = {one.period_id: one for one in near}
    await lock_or_create_rows(conn, venue_id, tuple(every.values()))
    around = tuple(every.values()) if together else ()
    return await read_locked(conn, venue_id, in_force, period, now=now, around=around)


async def read_locked(
    conn: Connection,
    venue_id: str,
    in_force: HouseVersion,
    period: Period,
    *,
    now: datetime,
    around: Sequence[Period] = (),
) -> LockedPeriod:
    """Read a period whose row is locked, under the house of its row, applying what is due.

    `around`: the locked periods whose parties the picture holds; by default its neighbours. Raises
    LostRaceError if a later house was published since `in_force` was read.
    """
    around = around or in_force.overlapping(period)
    read = await read_under_lock(conn, venue_id, period, around, now=now)
    in_force = await _version_under_lock(conn, venue_id, in_force, read.period, now)
    house = in_force.house
    picture = replace(read, zone=house.venue.zone)
    changes = due_changes(picture, house, now)
    if changes:
        picture = await write(conn, venue_id, picture, WriteSet(changes=changes), now=now)
    return LockedPeriod(venue_id, in_force, picture, now)


async def preview_period(
    conn: Connection,
    venue_id: str,
    in_force: HouseVersion,
    period: Period,
    *,
    now: datetime,
    also: Sequence[Period] = (),
) -> LockedPeriod:
    """Read what `lock_period` with `also` together would, and lock and write nothing.

    For answers that change nothing: what is due counts as applied.
    """
    near = {one.period_id: one for each in (period, *also) for one in in_force.overlapping(each)}
    read = await read_picture(conn, venue_id, period, tuple(near.values()), now=now)
    in_force = await version_for(conn, in_force, read.period)
    picture = replace(read, zone=in_force.house.venue.zone)
    changes = due_changes(picture, in_force.house, now)
    picture = apply_changes(picture, changes) if changes else picture
    return LockedPeriod(venue_id, in_force, picture, now)


async def _version_under_lock(
    conn: Connection, venue_id: str, in_force: HouseVersion, period: Period, now: datetime
) -> HouseVersion:
    """Return the version of the row. Raises LostRaceError if `in_force` is no longer what holds."""
    version, expected = period.house_version, in_force.on(period.service_date).version
    if version != expected and period.closes > now:
        fresh = await house_of(conn, venue_id)
        if fresh.dated is not in_force.dated:
            raise LostRaceError(f"the house changed to version {version}")
    return await version_for(conn, in_force, period)


async def read_unlocked(
    conn: Connection, venue_id: str, in_force: HouseVersion, period: Period, *, now: datetime
) -> Picture:
    """Read a period without locking it; what is due counts as applied."""
    picture = await read_picture(conn, venue_id, period, in_force.overlapping(period), now=now)
    in_force = await version_for(conn, in_force, picture.period)
    changes = due_changes(picture, in_force.house, now)
    return apply_changes(picture, changes) if changes else picture


def tonights_period(in_force: HouseVersion, now: datetime) -> Period:
    """Return the running period, else the next of today, else the last of today.

    Raises NotFound on a day without any.
    """
    running = in_force.open_period_at(now)
    if running is not None:
        return running
    today = in_force.periods_on(in_force.service_date_at(now))
    ahead = [period for period in today if period.opens > now]
    if not today:
        raise NotFound(message("closed-today"))
    return ahead[0] if ahead else today[-1]


async def tonights_or_given_up(conn: Connection, in_force: HouseVersion, now: datetime) -> Period:
    """Return tonight's period, else one of today that was given up and people were promised in.

    Raises NotFound on a day without any.
    """
    tonight = await tonights_or_none(conn, in_force, now)
    if tonight is None:
        raise NotFound(message("closed-today"))
    return tonight


async def tonights_or_none(
    conn: Connection, in_force: HouseVersion, now: datetime
) -> Period | None:
    """Return the same, and None on a day without any.

    What the house serves comes first; one given up that is not over, before one served that is.
    """
    try:
        served = tonights_period(in_force, now)
    except NotFound:
        served = None
    if served is not None and served.closes > now:
        return served
    today = in_force.service_date_at(now)
    row = await conn.fetchrow(GIVEN_UP, in_force.house.venue.id, today, now)
    given_up = period_in(row) if row is not None else None
    if served is None or (given_up is not None and given_up.closes > now):
        return given_up
    return served


def next_period(in_force: HouseVersion, now: datetime) -> Period | None:
    """Return the period that opens next, None where none does within the days ahead."""
    today = in_force.service_date_at(now)
    for days in range(NEXT_WITHIN_DAYS):
        for period in in_force.periods_on(today + timedelta(days=days)):
            if period.opens > now:
                return period
    return None


def period_by_id(in_force: HouseVersion, period_id: str, now: datetime) -> Period:
    """Return a period by its id, from the calendar. Raises NotFound."""
    day, _, _ = period_id.partition(".")
    try:
        service_date = date.fromisoformat(day)
    except ValueError:
        raise NotFound(message("no-period-named", period=period_id), pointer="/period") from None
    if abs(service_date - now.date()) > CALENDAR_REACH:
        raise NotFound(message("day-too-far-off", day=day), pointer="/period")
    for period in in_force.periods_on(service_date):
        if period.period_id == period_id:
            return period
    raise NotFound(message("no-period-named", period=period_id), pointer="/period")
