"""Whom the house turned away, why, and who of them got a place after all."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from seating.db import Connection

IN_VAIN = """
select service_date, period_id, party_size, channel, code, sum(searches)::int as searches
from search_in_vain where venue_id = $1 and service_date between $2 and $3
group by service_date, period_id, party_size, channel, code
order by service_date, period_id, party_size, channel, code
"""


class InVain(Struct, frozen=True, kw_only=True):
    """How often nothing was found for parties of this size, and the rule that bound."""

    service_date: date
    period_id: str
    party_size: int
    channel: str
    code: str
    searches: int


BY_CAUSE = """
select code, kind, channel, count(*) as parties, coalesce(sum(party_size), 0) as covers,
       count(recovered_at) as recovered, sum(repeats)::int as repeats
from turnaway where venue_id = $1 and service_date between $2 and $3
group by code, kind, channel order by parties desc, code, kind, channel
"""

BY_RECOVERY = """
select coalesce(recovered_how, 'booked') as how, count(*) as parties,
       coalesce(sum(party_size), 0) as covers
from turnaway
where venue_id = $1 and service_date between $2 and $3 and recovered_at is not null
group by how order by parties desc, how
"""

EACH = """
select turnaway_id, service_date, at, channel, code, kind, party_size, asked_for, quoted_minutes,
       name, staff_id, repeats, recovered_at, recovered_how
from turnaway where venue_id = $1 and service_date between $2 and $3
order by at desc, turnaway_id limit $4
"""

AT_MOST = 500

T = TypeVar("T")


class Cause(Struct, frozen=True, kw_only=True):
    """Parties told no for one reason on one channel; `repeats`: further noes to the same parties.

    `kind`: a denial is ours, a regret the guest's. `recovered` got a place after all.
    """

    code: str
    kind: str
    channel: str
    parties: int
    covers: int
    recovered: int
    repeats: int


class Recovery(Struct, frozen=True, kw_only=True):
    """A way in which parties got a place after a no."""

    how: str
    parties: int
    covers: int


class Told(Struct, frozen=True, kw_only=True):
    """One "no": to whom, for what, and who said it."""

    turnaway_id: UUID
    service_date: date
    at: datetime
    channel: str
    code: str
    kind: str
    party_size: int
    asked_for: datetime
    quoted_minutes: int | None
    name: str
    staff_id: str | None
    repeats: int
    recovered_at: datetime | None
    recovered_how: str | None


class TurnawayReport(Struct, frozen=True, kw_only=True):
    """The noes of some service dates; `each` are the latest of them.

    `recovered_share` of the parties, None without any. `searches`: what was looked for in vain,
    without a person: the same guest may be in it more than once.
    """

    parties: int
    covers: int
    recovered: int
    recovered_share: float | None
    causes: tuple[Cause, ...]
    recoveries: tuple[Recovery, ...]
    searches: tuple[InVain, ...]
    each: tuple[Told, ...]


async def turnaway_report(
    conn: Connection, venue_id: str, first: date, last: date
) -> TurnawayReport:
    """Return whom the house turned away on these service dates, both included."""
    dates = (venue_id, first, last)
    causes = tuple(_as(row, Cause) for row in await conn.fetch(BY_CAUSE, *dates))
    parties, recovered = (
        sum(each.parties for each in causes),
        sum(each.recovered for each in causes),
    )
    return TurnawayReport(
        parties=parties,
        covers=sum(each.covers for each in causes),
        recovered=recovered,
        recovered_share=recovered / parties if parties else None,
        causes=causes,
        recoveries=tuple(_as(row, Recovery) for row in await conn.fetch(BY_RECOVERY, *dates)),
        searches=await searches_in_vain(conn, *dates),
        each=tuple(_as(row, Told) for row in await conn.fetch(EACH, *dates, AT_MOST)),
    )


def _as(row: Record, kind: type[T]) -> T:
    return msgspec.convert(row, kind, from_attributes=True)


async def searches_in_vain(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[InVain, ...]:
    """Return the searches that found nothing on these service dates."""
    rows = await conn.fetch(IN_VAIN, venue_id, first, last)
    return tuple(msgspec.convert(row, InVain, from_attributes=True) for row in rows)
