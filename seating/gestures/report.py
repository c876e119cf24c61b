"""Reports on gestures and claims over service dates, for managers only."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.gestures.fairness import (
    PartyCount,
    PartyGroup,
    Refunds,
    TipShare,
    never_given,
    refunds,
    shares_by_group,
    tip_shares,
)
from seating.book.sat import PARTIES_SAT
from seating.db import Connection

# Amends (owed by the house) do not count as a gesture received.
PARTIES = f"""
with evening as (
    select period_id, service_date from period
    where venue_id = $1 and service_date between $2 and $3),
given as (
    select distinct g.party_id from gesture g join evening using (period_id)
    where g.venue_id = $1 and g.state in ('accepted', 'delivered') and not g.amends)
select v.channel, v.party_size, e.service_date, v.guest_id is not null as known,
       count(*) as parties, count(given.party_id) as given
from {PARTIES_SAT} v join evening e using (period_id) left join given using (party_id)
group by v.channel, v.party_size, e.service_date, known
"""

TALLIES = """
select g.item, g.kind, g.cause, g.offered_by, g.state, count(*) as gestures,
       coalesce(sum(g.cost) filter (
           where g.state in ('offered', 'accepted', 'delivered')), 0)::bigint as cost
from gesture g join period p using (venue_id, period_id)
where g.venue_id = $1 and p.service_date between $2 and $3
group by g.item, g.kind, g.cause, g.offered_by, g.state
"""

REFUNDS = """
select g.cost, (extract(epoch from g.delivered_at - c.at) / 60)::float8 as minutes
from gesture g join period p using (venue_id, period_id)
left join complaint c on c.venue_id = $1 and c.complaint_id = g.complaint_id
where g.venue_id = $1 and p.service_date between $2 and $3
  and g.kind = 'refund' and g.state = 'delivered'
"""

TIPS = """
with spent as (
    select coalesce(s.reservation_id, s.wait_id, s.seating_id, c.reservation_id) as party_id,
           sum(c.total) as total, sum(c.tip) as tip
    from till_check c join period p using (venue_id, period_id)
    left join seating s on s.venue_id = $1 and s.seating_id = c.seating_id
    where c.venue_id = $1 and p.service_date between $2 and $3 and c.state = 'closed'
    group by 1 having sum(c.total) > 0)
select case when g.encore then 'encore' when g.encore is null then 'none' else 'one' end
           as pattern,
       (tip / total)::float8 as share
from spent left join lateral (
    select bool_or(g.encore) as encore from gesture g
    where g.venue_id = $1 and g.party_id = spent.party_id and g.state = 'delivered'
      and not g.amends) g on true
where spent.party_id is not null
"""

UNDELIVERED = """
select g.gesture_id, p.service_date, g.item, g.party_name, g.carrier, g.offered_by, g.answered_at
from gesture g join period p using (venue_id, period_id)
where g.venue_id = $1 and p.service_date between $2 and $3
  and g.state = 'expired' and g.answered_at is not null
order by g.answered_at, g.gesture_id
"""

CLAIMS = """
select g.gesture_id, p.service_date, g.guest_id, g.party_name, g.cost, g.reason, g.offered_by
from gesture g join period p using (venue_id, period_id)
where g.venue_id = $1 and p.service_date between $2 and $3
  and g.kind = 'claim' and g.state = 'delivered'
order by g.offered_at, g.gesture_id
"""


class Tally(Struct, frozen=True, kw_only=True):
    """Gestures with the same `key` in one respect (`by`): count per state, and cost."""

    by: str
    key: str
    gestures: int
    states: dict[str, int]
    cost: int


class Undelivered(Struct, frozen=True, kw_only=True):
    """A gesture accepted and never delivered; its cost returned to the purses at the close."""

    gesture_id: UUID
    service_date: date
    item: str
    party_name: str
    carrier: str
    offered_by: str
    answered_at: datetime


class GestureReport(Struct, frozen=True, kw_only=True):
    """Gestures of some service dates.

    `received`: share of parties with a gesture, by group; `never`: groups without any.
    """

    first: date
    last: date
    received: tuple[PartyGroup, ...]
    never: tuple[PartyGroup, ...]
    tallies: tuple[Tally, ...]
    refunds: Refunds
    tips: tuple[TipShare, ...]
    undelivered: tuple[Undelivered, ...]


class Claim(Struct, frozen=True, kw_only=True):
    """A paid claim of a guest for something lost or broken."""

    gesture_id: UUID
    service_date: date
    guest_id: UUID | None
    party_name: str
    cost: int
    reason: str
    offered_by: str


class ClaimPattern(Struct, frozen=True, kw_only=True):
    """Several claims of one guest (`by` "guest") or paid by one of the staff (`by` "person")."""

    by: str
    key: str
    name: str
    claims: int
    cost: int


class ClaimReport(Struct, frozen=True, kw_only=True):
    """Claims of some service dates, and the guests and staff with more than one."""

    claims: tuple[Claim, ...]
    patterns: tuple[ClaimPattern, ...]


async def gesture_report(conn: Connection, venue_id: str, first: date, last: date) -> GestureReport:
    """Return the report on the gestures of these service dates, both included."""
    dates = venue_id, first, last
    received = shares_by_group(
        [
            msgspec.convert(row, PartyCount, from_attributes=True)
            for row in await conn.fetch(PARTIES, *dates)
        ]
    )
    tips = await conn.fetch(TIPS, *dates)
    paid_back = await conn.fetch(REFUNDS, *dates)
    missed = await conn.fetch(UNDELIVERED, *dates)
    return GestureReport(
        first=first,
        last=last,
        received=received,
        never=never_given(received),
        tallies=tallies([dict(row) for row in await conn.fetch(TALLIES, *dates)]),
        refunds=refunds((row["cost"], row["minutes"]) for row in paid_back),
        tips=tip_shares((row["pattern"], row["share"]) for row in tips),
        undelivered=tuple(msgspec.convert(r, Undelivered, from_attributes=True) for r in missed),
    )


async def claim_report(conn: Connection, venue_id: str, first: date, last: date) -> ClaimReport:
    """Return the claims of these service dates, both included."""
    rows = await conn.fetch(CLAIMS, venue_id, first, last)
    claims = tuple(msgspec.convert(row, Claim, from_attributes=True) for row in rows)
    return ClaimReport(claims=claims, patterns=claim_patterns(claims))


def tallies(rows: list[dict[str, Any]]) -> tuple[Tally, ...]:
    """Return the counts by item, kind, cause and person, the most frequent of each first."""
    return tuple(
        tally
        for by, column in (
            ("item", "item"),
            ("kind", "kind"),
            ("cause", "cause"),
            ("person", "offered_by"),
        )
        for tally in sorted(_tallied(by, column, rows), key=lambda each: (-each.gestures, each.key))
    )


def claim_patterns(claims: tuple[Claim, ...]) -> tuple[ClaimPattern, ...]:
    """Return guests with more than one claim, and staff who paid more than one."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault(("person", claim.offered_by), []).append(claim)
        if claim.guest_id is not None:
            found.setdefault(("guest", str(claim.guest_id)), []).append(claim)
    return tuple(
        ClaimPattern(
            by=by,
            key=key,
            name=each[-1].party_name if by == "guest" else key,
            claims=len(each),
            cost=sum(claim.cost for claim in each),
        )
        for (by, key), each in sorted(found.items())
        if len(each) > 1
    )


def _tallied(by: str, column: str, rows: list[dict[str, Any]]) -> list[Tally]:
    keys = {str(row[column]) for row in rows}
    made = []
    for key in keys:
        ours = [row for row in rows if str(row[column]) == key]
        states: dict[str, int] = {}
        for row in ours:
            states[row["state"]] = states.get(row["state"], 0) + row["gestures"]
        cost = sum(row["cost"] for row in ours)
        count = sum(states.values())
        made.append(Tally(by=by, key=key, gestures=count, states=states, cost=cost))
    return made
