"""Report on turnaways by cause, recoveries and searches that found nothing."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from seating.db import Connection

FAILED_SEARCHES = """
select service_date, period_id, party_size, channel, code, sum(searches)::int as searches
from search_in_vain where venue_id = $1 and service_date between $2 and $3
group by service_date, period_id, party_size, channel, code
order by service_date, period_id, party_size, channel, code
"""


class FailedSearches(Struct, frozen=True, kw_only=True):
    """Searches that found nothing for a party size, and the rule that bound (`code`)."""

    service_date: date
    period_id: str
    party_size: int
    channel: str
    code: str
    searches: int


# It has a place by now, and has not come to it yet.
EXPECTED = """(t.recovered_at is null and (
    exists (select from reservation r where r.venue_id = $1 and r.reservation_id = t.recovered_by
            and r.state in ('requested', 'booked'))
    or exists (select from wait_entry w where w.venue_id = $1 and w.wait_id = t.recovered_by
               and w.state in ('waiting', 'notified'))))"""

BY_CAUSE = f"""
select code, kind, channel, count(*) as parties, coalesce(sum(party_size), 0) as covers,
       count(recovered_at) as recovered, sum(repeats)::int as repeats,
       count(*) filter (where {EXPECTED}) as expected
from turnaway t where venue_id = $1 and service_date between $2 and $3
group by code, kind, channel order by parties desc, code, kind, channel
"""

BY_RECOVERY = """
select coalesce(recovered_how, 'booked') as how, count(*) as parties,
       coalesce(sum(party_size), 0) as covers
from turnaway
where venue_id = $1 and service_date between $2 and $3 and recovered_at is not null
group by how order by parties desc, how
"""

LATEST = """
select turnaway_id, service_date, at, channel, code, kind, party_size, asked_for, quoted_minutes,
       name, staff_id, repeats, recovered_at, recovered_how
from turnaway where venue_id = $1 and service_date between $2 and $3
order by at desc, turnaway_id limit $4
"""

AT_MOST = 500

T = TypeVar("T")


class Cause(Struct, frozen=True, kw_only=True):
    """Turnaways of one code, kind (denial or regret) and channel.

    `repeats`: further refusals of the same parties. `recovered`: parties that got a place and came.
    `expected`: those that have a place and have not come yet.
    """

    code: str
    kind: str
    channel: str
    parties: int
    covers: int
    recovered: int
    repeats: int
    expected: int = 0


class Recovery(Struct, frozen=True, kw_only=True):
    """Parties recovered in one way."""

    how: str
    parties: int
    covers: int


class TurnawayRecord(Struct, frozen=True, kw_only=True):
    """One turnaway; `recovered_how`: the place found for it, `recovered_at`: when it came to it."""

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
    """The turnaways of some service dates; `turnaways`: the latest of them.

    `recovered`: parties that came after all; `recovered_share`: of the parties, None without any.
    `expected`: parties that have a place by now and have not come yet. `searches`: anonymous
    searches that found nothing; one guest may have made several.
    """

    parties: int
    covers: int
    recovered: int
    recovered_share: float | None
    expected: int
    causes: tuple[Cause, ...]
    recoveries: tuple[Recovery, ...]
    searches: tuple[FailedSearches, ...]
    turnaways: tuple[TurnawayRecord, ...]


async def turnaway_report(
    conn: Connection, venue_id: str, first: date, last: date
) -> TurnawayReport:
    """Return the report on the turnaways of these service dates, both included."""
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
        expected=sum(each.expected for each in causes),
        causes=causes,
        recoveries=tuple(_as(row, Recovery) for row in await conn.fetch(BY_RECOVERY, *dates)),
        searches=await failed_searches(conn, *dates),
        turnaways=tuple(
            _as(row, TurnawayRecord) for row in await conn.fetch(LATEST, *dates, AT_MOST)
        ),
    )


def _as(row: Record, kind: type[T]) -> T:
    return msgspec.convert(row, kind, from_attributes=True)


async def failed_searches(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[FailedSearches, ...]:
    """Return the searches that found nothing on these service dates."""
    rows = await conn.fetch(FAILED_SEARCHES, venue_id, first, last)
    return tuple(msgspec.convert(row, FailedSearches, from_attributes=True) for row in rows)
