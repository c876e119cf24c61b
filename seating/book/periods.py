"""The period row: made when first needed, and locked before anything it promised changes.

Every command: `locked(...)` (lock, read the picture, apply what fell due), decide, `write`.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from policies.book.changes import Changes, applied, merged
from policies.book.picture import Picture
from policies.floor.due import due
from policies.floor.held_tables import opened
from policies.house.calendar import Period, neighbours, periods_on, running_at, service_date_at
from policies.house.house import House
from policies.plan.replanning import overtaken, settled
from seating.book.in_force import IN_FORCE, Known
from seating.book.picture import read_picture
from seating.book.write import Written, write
from seating.db import Connection, LostRaceError
from seating.errors import NotFound

FURTHEST = timedelta(days=800)


LOCK_PERIODS = """
select period_id from period
where venue_id = $1 and period_id = any($2::text[])
order by period_id
for update
"""

OPEN_PERIODS = f"""
insert into period (venue_id, period_id, service_date, name, opens, last_seating, closes,
                    house_version, rules_version)
select $1, p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes, p.house_version,
       {IN_FORCE.format(service_date="p.service_date")}
from jsonb_to_recordset($2::jsonb) as p (
    period_id text, service_date date, name text, opens timestamptz, last_seating timestamptz,
    closes timestamptz, house_version int)
order by p.period_id
on conflict do nothing
"""


READ_PERIOD = """
select period_id, service_date, name, opens, last_seating, closes, house_version
from period where venue_id = $1 and period_id = $2
"""


class Opened(Struct, frozen=True):
    """A locked period: what is true of it, under which house, at what business time."""

    venue_id: str
    known: Known
    picture: Picture
    now: datetime

    @property
    def house(self) -> House:
        """The house the period runs under."""
        return self.known.house


async def read_period(conn: Connection, venue_id: str, period_id: str) -> Period:
    """Return a period's place in time; raises NotFound for one that was never opened."""
    row = await conn.fetchrow(READ_PERIOD, venue_id, period_id)
    if row is None:
        raise NotFound(f"there is no period {period_id}")
    return msgspec.convert(dict(row), Period)


async def lock_rows(conn: Connection, venue_id: str, period_ids: Sequence[str]) -> int:
    """Lock periods in the one order everybody uses; returns how many exist."""
    return len(await conn.fetch(LOCK_PERIODS, venue_id, period_ids))


async def lock_periods(conn: Connection, venue_id: str, periods: Sequence[Period]) -> None:
    """Lock periods, making the rows of those nobody needed before."""
    ids = [period.period_id for period in periods]
    if await lock_rows(conn, venue_id, ids) < len(ids):
        await conn.execute(OPEN_PERIODS, venue_id, msgspec.json.encode(periods).decode())
        await lock_rows(conn, venue_id, ids)


async def read_under_lock(
    conn: Connection,
    venue_id: str,
    period: Period,
    around: Sequence[Period],
    *,
    now: datetime,
) -> Picture:
    """Read a locked period's picture; the name says who may call it."""
    return await read_picture(conn, venue_id, period, around, now=now)


async def locked(
    conn: Connection,
    venue_id: str,
    known: Known,
    period: Period,
    *,
    now: datetime,
    also: Sequence[Period] = (),
    together: bool = False,
) -> Opened:
    """Lock a period with those that share its tables, and apply what fell due in it.

    `also`: further periods of the same command, locked in the same sorted order; `together`: one
    picture holds them all.
    """
    if not conn.is_in_transaction():
        raise RuntimeError("a period is locked inside a transaction only")
    near = [each for one in (period, *also) for each in neighbours(known.house, one)]
    every = {one.period_id: one for one in near}
    await lock_periods(conn, venue_id, tuple(every.values()))
    around = tuple(every.values()) if together else ()
    return await under_lock(conn, venue_id, known, period, now=now, around=around)


async def under_lock(
    conn: Connection,
    venue_id: str,
    known: Known,
    period: Period,
    *,
    now: datetime,
    around: Sequence[Period] = (),
) -> Opened:
    """Read a period that is locked already, applying what fell due.

    `around`: the locked periods whose parties belong in the picture; its neighbours if not said.
    """
    house = known.house
    around = around or neighbours(house, period)
    picture = await read_under_lock(conn, venue_id, period, around, now=now)
    if picture.period.house_version != known.version:
        raise LostRaceError(f"the house changed to version {picture.period.house_version}")
    changes = fallen_due(picture, house, now)
    if changes:
        picture = await write(conn, venue_id, picture, Written(changes=changes), now=now)
    return Opened(venue_id, known, picture, now)


async def seen(
    conn: Connection, venue_id: str, house: House, period: Period, *, now: datetime
) -> Picture:
    """Read a period without its lock, counting what fell due as done already."""
    picture = await read_picture(conn, venue_id, period, neighbours(house, period), now=now)
    changes = fallen_due(picture, house, now)
    return applied(picture, changes) if changes else picture


def fallen_due(picture: Picture, house: House, now: datetime) -> Changes:
    """Return what nobody has to wait for a job to do: open held tables, apply what is due.

    What is freed goes to promises without a table before anybody new is asked; a plan whose table
    stays taken is moved.
    """
    opening = opened(picture, house, now=now)
    passed = due(applied(picture, opening) if opening else picture, house, now=now)
    changes = merged(opening, passed) if opening else passed
    if passed or overtaken(picture, now):
        return settled(picture, changes, house, now=now)
    return changes


def period_tonight(house: House, now: datetime, *, house_version: int) -> Period:
    """Return the period the door is about: the one running, else today's next, else its last.

    Raises NotFound on a day without any.
    """
    running = running_at(house, now, house_version=house_version)
    if running is not None:
        return running
    today = periods_on(house, service_date_at(house, now), house_version=house_version)
    ahead = [period for period in today if period.opens > now]
    if not today:
        raise NotFound("the house does not open today")
    return ahead[0] if ahead else today[-1]


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
