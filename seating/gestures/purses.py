"""Purses: budgets for gestures of a person and of the venue in one period, in minor units.

Both are charged in one statement or neither is. Lock order: gestures before purses, the venue's
purse before a person's.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.lifecycles import Actor
from policies.gestures.purses import PurseBalances, shift_purse
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

# What is left is read from the locked rows: the statement's snapshot may be older than the lock.
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

LOCK_VENUE_PURSE = """
select 1 from purse where venue_id = $1 and period_id = $2 and owner = 'venue' for update
"""

RETURN_COST = """
with locked as (
    select owner from purse
    where venue_id = $1 and period_id = $2 and owner in ('venue', $3)
    order by owner desc for update)
update purse set spent = spent - $4
where venue_id = $1 and period_id = $2 and owner in (select owner from locked)
"""

SIZES_OF_PURSES = """
select owner, granted as before, spent, case
    when owner = 'venue' then $3::bigint
    when owner in (
        select 'person:' || staff_id from staff where venue_id = $1 and role = 'host')
    then $4::bigint
    else $5::bigint end as rules_say
from purse where venue_id = $1 and period_id = $2
order by owner desc
"""

LOCK_SIZES_OF_PURSES = f"{SIZES_OF_PURSES} for update"

RESIZE_PURSES = """
update purse p set granted = x.after
from jsonb_to_recordset($3::jsonb) as x (owner text, after bigint)
where p.venue_id = $1 and p.period_id = $2 and p.owner = x.owner
"""

# An offer past its time counts as returned, whether or not the job has expired it yet.
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
    """A period's budget in minor currency units; `owner`: 'venue' or 'person:<staff_id>'."""

    period_id: str
    owner: str
    granted: int
    spent: int


class ResizedPurse(Struct, frozen=True, kw_only=True):
    """A purse whose amount follows new rules: `after` is what they say, at least what is spent."""

    owner: str
    before: int
    after: int
    spent: int
    rules_say: int


def purse_of(staff_id: str) -> str:
    """Return the `owner` value of a person's purse."""
    return f"person:{staff_id}"


async def open_purses(
    conn: Connection, venue_id: str, period_id: str, owner: str, by: Actor, rules: Rules
) -> None:
    """Insert the venue's and the owner's purse of a period where they are missing."""
    granted = rules.purses.venue_night, shift_purse(rules, by)
    await conn.execute(OPEN_PURSES, venue_id, period_id, owner, *granted)


async def lock_venue_purse(conn: Connection, venue_id: str, period_id: str) -> None:
    """Lock the venue's purse: all other offers of the period wait for this transaction."""
    await conn.execute(LOCK_VENUE_PURSE, venue_id, period_id)


async def read_left(conn: Connection, venue_id: str, period_id: str, owner: str) -> PurseBalances:
    """Return what is left in the owner's purse and in the venue's (which may be the same)."""
    row = await conn.fetchrow(LEFT, venue_id, period_id, owner)
    return msgspec.convert(row, PurseBalances, from_attributes=True)


async def charge(conn: Connection, venue_id: str, period_id: str, owner: str, cost: int) -> bool:
    """Charge both purses and return True; if one is short, charge neither and return False."""
    done: bool = await conn.fetchval(CHARGE, venue_id, period_id, owner, cost)
    return done


async def return_cost(
    conn: Connection, venue_id: str, period_id: str, owner: str, cost: int
) -> None:
    """Return the cost to both purses; the caller holds the gesture's row lock."""
    await conn.execute(RETURN_COST, venue_id, period_id, owner, cost)


async def resize_purses(
    conn: Connection, venue_id: str, period_id: str, purses: Purses
) -> tuple[ResizedPurse, ...]:
    """Set the granted amount of existing purses to changed rules, not below what is spent.

    Returns those that changed. The caller holds the period's lock.
    """
    sizes = purses.venue_night, purses.person_shift, purses.manager_shift
    rows = await conn.fetch(LOCK_SIZES_OF_PURSES, venue_id, period_id, *sizes)
    changed = tuple(_resized(rows))
    if changed:
        amounts = msgspec.json.encode(changed).decode()
        await conn.execute(RESIZE_PURSES, venue_id, period_id, amounts)
    return changed


async def sizes_of_purses(
    conn: Connection, venue_id: str, period_id: str, purses: Purses
) -> tuple[ResizedPurse, ...]:
    """Return what `resize_purses` would change."""
    sizes = purses.venue_night, purses.person_shift, purses.manager_shift
    return tuple(_resized(await conn.fetch(SIZES_OF_PURSES, venue_id, period_id, *sizes)))


def _resized(rows: Iterable[Record]) -> Iterator[ResizedPurse]:
    for row in rows:
        after = max(row["spent"], row["rules_say"])
        if after != row["before"]:
            yield ResizedPurse(after=after, **dict(row))


async def purses_of_period(
    conn: Connection, venue_id: str, period_id: str, *, now: datetime
) -> dict[str, Purse]:
    """Return the purses that exist in a period, by owner."""
    rows = await conn.fetch(PURSES_OF_PERIOD, venue_id, period_id, now)
    return {row["owner"]: msgspec.convert(row, Purse, from_attributes=True) for row in rows}


async def purses_of_date(
    conn: Connection, venue_id: str, service_date: date, *, now: datetime
) -> tuple[Purse, ...]:
    """Return the purses of a service date, period by period, the venue's first."""
    rows = await conn.fetch(PURSES_OF_DATE, venue_id, service_date, now)
    return tuple(msgspec.convert(row, Purse, from_attributes=True) for row in rows)
