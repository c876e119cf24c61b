"""Purses: charged both or not at all, in one statement that holds under any concurrency.

Everybody locks gestures before purses, and of the purses the venue's first.
"""

from datetime import date, datetime
from typing import Final

import msgspec
from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.gestures.purses import Left, shift_purse
from policies.house.rules import Purses, Rules
from seating.db import Connection

VENUE: Final = "venue"

OPEN_PURSES = """
insert into purse (venue_id, period_id, owner, granted)
values ($1, $2, 'venue', $4), ($1, $2, $3, $5)
on conflict do nothing
"""

LEFT = """
select coalesce(max(granted - spent) filter (where owner = $3), 0) as person,
       coalesce(max(granted - spent) filter (where owner = 'venue'), 0) as venue
from purse where venue_id = $1 and period_id = $2 and owner in ('venue', $3)
"""

# What is left is read under both locks: the rows as the snapshot has them may be older.
CHARGE = """
with locked as (
    select owner, granted - spent as left_over from purse
    where venue_id = $1 and period_id = $2 and owner in ('venue', $3)
    order by owner desc for update),
charged as (
    update purse set spent = spent + $4
    where venue_id = $1 and period_id = $2 and owner in ('venue', $3)
      and (select count(distinct owner) = case $3 when 'venue' then 1 else 2 end
               and min(left_over) >= $4 from locked)
    returning 1)
select count(*) > 0 from charged
"""

HOLD_PURSE = """
select 1 from purse where venue_id = $1 and period_id = $2 and owner = 'venue' for update
"""

GIVE_BACK = """
with locked as (
    select owner from purse
    where venue_id = $1 and period_id = $2 and owner in ('venue', $3)
    order by owner desc for update)
update purse set spent = spent - $4
where venue_id = $1 and period_id = $2 and owner in (select owner from locked)
"""

GRANT_ANEW = """
update purse set granted = greatest(spent, case
    when owner = 'venue' then $3::bigint
    when owner in (
        select 'person:' || staff_id from staff where venue_id = $1 and role = 'host')
    then $4::bigint
    else $5::bigint end)
where venue_id = $1 and period_id = $2
"""

# An offer whose time is over counts as given back, whether or not a job has noted it yet.
NET = """
u.period_id, u.owner, u.granted, u.spent - coalesce((
    select sum(g.cost)::bigint from gesture g
    where g.venue_id = $1 and g.period_id = u.period_id and g.state = 'offered'
      and g.expires_at <= $3
      and u.owner in ('venue', coalesce(g.owner, 'person:' || g.offered_by))), 0) as spent
"""

PURSES_OF_PERIOD = f"""
select {NET} from purse u where u.venue_id = $1 and u.period_id = $2
"""

PURSES_OF_DATE = f"""
select {NET} from purse u join period p using (venue_id, period_id)
where u.venue_id = $1 and p.service_date = $2
order by p.opens, u.owner desc
"""


class Purse(Struct, frozen=True, kw_only=True):
    """Of a period: `owner` is 'venue' or 'person:<staff_id>'. Minor currency units."""

    period_id: str
    owner: str
    granted: int
    spent: int


def purse_of(staff_id: str) -> str:
    """Return the owner's name of a person's purse."""
    return f"person:{staff_id}"


async def open_purses(
    conn: Connection, venue_id: str, period_id: str, owner: str, by: Actor, rules: Rules
) -> None:
    """Make the venue's and the owner's purse of a period where they are missing."""
    granted = rules.purses.venue_night, shift_purse(rules, by)
    await conn.execute(OPEN_PURSES, venue_id, period_id, owner, *granted)


async def hold_purse(conn: Connection, venue_id: str, period_id: str) -> None:
    """Lock the venue's purse: who gives anything in the period waits until this is over."""
    await conn.execute(HOLD_PURSE, venue_id, period_id)


async def left_of(conn: Connection, venue_id: str, period_id: str, owner: str) -> Left:
    """Return what is left in the owner's purse and in the venue's (which may be the same)."""
    row = await conn.fetchrow(LEFT, venue_id, period_id, owner)
    return msgspec.convert(row, Left, from_attributes=True)


async def charge(conn: Connection, venue_id: str, period_id: str, owner: str, cost: int) -> bool:
    """Take the cost out of both purses, or out of neither: then return False."""
    done: bool = await conn.fetchval(CHARGE, venue_id, period_id, owner, cost)
    return done


async def give_back(conn: Connection, venue_id: str, period_id: str, owner: str, cost: int) -> None:
    """Put the cost back into both purses; whoever calls holds the gesture's row."""
    await conn.execute(GIVE_BACK, venue_id, period_id, owner, cost)


async def grant_anew(conn: Connection, venue_id: str, period_id: str, purses: Purses) -> None:
    """Size the purses made already after a change of the night's rules."""
    sizes = purses.venue_night, purses.person_shift, purses.manager_shift
    await conn.execute(GRANT_ANEW, venue_id, period_id, *sizes)


async def purses_of_period(
    conn: Connection, venue_id: str, period_id: str, *, now: datetime
) -> dict[str, Purse]:
    """Return the purses made in a period, by owner."""
    rows = await conn.fetch(PURSES_OF_PERIOD, venue_id, period_id, now)
    return {row["owner"]: msgspec.convert(row, Purse, from_attributes=True) for row in rows}


async def purses_of_date(
    conn: Connection, venue_id: str, service_date: date, *, now: datetime
) -> tuple[Purse, ...]:
    """Return the purses of a service date, period by period, the venue's first."""
    rows = await conn.fetch(PURSES_OF_DATE, venue_id, service_date, now)
    return tuple(msgspec.convert(row, Purse, from_attributes=True) for row in rows)
