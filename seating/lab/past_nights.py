"""Reads what was asked of closed periods, to be played again (policies.lab.trial.asked)."""

from collections.abc import Collection
from datetime import date

import msgspec
from msgspec import Struct

from policies.house.calendar import Period
from policies.lab.trial.asked import AskedTable, CameIn, PastAsked
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.db import Connection

# As learning counts them (seating.forecast.history), but party by party. A stay is taken as it was
# unless the close ended it or it was shorter than 10 minutes. A reservation's last change is its
# cancellation.
ASKED = """
select (
    select coalesce(jsonb_agg(asked.each order by asked.at), '[]') from (
        select r.created_at as at, jsonb_build_object(
            'minute', extract(epoch from r.starts - p.opens) / 60,
            'days_before', extract(epoch from p.opens - r.created_at) / 86400,
            'party_size', r.party_size, 'by_phone', r.channel in ('phone', 'desk'),
            'cancelled_days', case when r.state = 'cancelled'
                then extract(epoch from p.opens - r.updated_at) / 86400 end,
            'shows', r.state not in ('no_show', 'cancelled'),
            'late', extract(epoch from r.arrived_at - r.starts) / 60,
            'stay', s.minutes) as each
        from reservation r
        left join lateral (
            select min(extract(epoch from g.cleared_at - g.seated_at) / 60) as minutes
            from seating g
            where g.venue_id = r.venue_id and g.reservation_id = r.reservation_id
              and g.merged_into is null and g.cleared_at < p.closed_at
              and g.cleared_at - g.seated_at >= interval '10 minutes') s on true
        where r.venue_id = p.venue_id and r.period_id = p.period_id
          and r.state not in ('requested', 'declined')
        union all
        select t.at, jsonb_build_object(
            'minute', extract(epoch from t.asked_for - p.opens) / 60,
            'days_before', extract(epoch from p.opens - t.at) / 86400,
            'party_size', t.party_size, 'by_phone', t.channel in ('phone', 'desk'))
        from turnaway t
        where t.venue_id = p.venue_id and t.service_date = p.service_date
          and (t.period_id = p.period_id
               or t.period_id is null and t.asked_for between p.opens and p.last_seating)
          and t.channel <> 'walk_in' and t.wait_id is null and t.recovered_by is null
          and t.code in ('PACING_FULL', 'NO_TABLE_FITS', 'TURN_TOO_SHORT', 'HELD_BACK',
                         'RISK_OVER_CEILING', 'OVERBOOKING_CAP', 'BID_PRICE', 'BLOCKED', 'PAUSED')
    ) asked)::text as tables, (
    select coalesce(jsonb_agg(came.each), '[]') from (
        select jsonb_build_object(
            'minute', extract(epoch from coalesce(w.joined_at, s.seated_at) - p.opens) / 60,
            'party_size', s.party_size, 'sat', true,
            'waited', greatest(0, coalesce(extract(epoch from s.seated_at - w.joined_at) / 60, 0)),
            'stay', case when s.cleared_at < p.closed_at
                and s.cleared_at - s.seated_at >= interval '10 minutes'
                then extract(epoch from s.cleared_at - s.seated_at) / 60 end) as each
        from seating s left join wait_entry w on w.venue_id = s.venue_id and w.wait_id = s.wait_id
        where s.venue_id = p.venue_id and s.period_id = p.period_id
          and s.reservation_id is null and s.merged_into is null
        union all
        select jsonb_build_object(
            'minute', extract(epoch from t.asked_for - p.opens) / 60,
            'party_size', t.party_size, 'sat', false, 'waited', 0)
        from turnaway t
        where t.venue_id = p.venue_id and t.service_date = p.service_date
          and (t.period_id = p.period_id
               or t.period_id is null and t.asked_for between p.opens and p.last_seating)
          and t.channel = 'walk_in' and t.wait_id is null and t.recovered_by is null
        union all
        select jsonb_build_object(
            'minute', extract(epoch from w.joined_at - p.opens) / 60,
            'party_size', w.party_size, 'sat', false,
            'waited', greatest(0, coalesce(extract(epoch from w.ended_at - w.joined_at) / 60, 0)))
        from wait_entry w
        where w.venue_id = p.venue_id and w.period_id = p.period_id
          and w.state in ('left', 'turned_away')) came)::text as came_in
from period p
where p.venue_id = $1 and p.period_id = $2
"""

CLOSED = """
select p.period_id, p.service_date, p.name
from period p
where p.venue_id = $1 and p.closed_at is not null and p.served
  and extract(isodow from p.service_date)::int = any($2::int[])
  and ($3::text is null or p.name = $3) and p.service_date between $4 and $5
order by p.service_date desc, p.opens desc
limit $6
"""

PERIOD = f"select {PERIOD_COLUMNS} from period p where p.venue_id = $1 and p.period_id = $2"

EVENINGS_OVER = """
select p.name, extract(isodow from p.service_date)::int as weekday, count(*) as evenings
from period p
where p.venue_id = $1 and p.closed_at is not null and p.served and p.service_date >= $2
group by p.name, extract(isodow from p.service_date)
order by p.name, extract(isodow from p.service_date)
"""


class ClosedEvening(Struct, frozen=True, kw_only=True):
    """A closed period of the past."""

    period_id: str
    service_date: date
    name: str


class EveningsOver(Struct, frozen=True, kw_only=True):
    """How many evenings of a period's name are over on a weekday, Monday 1."""

    name: str
    weekday: int
    evenings: int


async def closed_evenings(
    conn: Connection,
    venue_id: str,
    weekdays: Collection[int],
    name: str | None,
    span: tuple[date, date],
    most: int,
) -> tuple[ClosedEvening, ...]:
    """Return the latest closed periods within `span` (both included), at most so many, by date.

    `weekdays`: Monday 1 to Sunday 7. `name`: of the period, None for all.
    """
    rows = await conn.fetch(CLOSED, venue_id, list(weekdays), name, *span, most)
    return tuple(msgspec.convert(dict(row), ClosedEvening) for row in reversed(rows))


async def past_period(conn: Connection, venue_id: str, period_id: str) -> Period:
    """Return a stored period. Raises LookupError."""
    row = await conn.fetchrow(PERIOD, venue_id, period_id)
    if row is None:
        raise LookupError(period_id)
    return period_in(row)


async def asked_of(conn: Connection, venue_id: str, period_id: str) -> PastAsked:
    """Return what was asked of a closed period. Raises LookupError."""
    row = await conn.fetchrow(ASKED, venue_id, period_id)
    if row is None:
        raise LookupError(period_id)
    return PastAsked(
        tables=msgspec.json.decode(row["tables"], type=tuple[AskedTable, ...]),
        came_in=msgspec.json.decode(row["came_in"], type=tuple[CameIn, ...]),
    )


async def evenings_over(conn: Connection, venue_id: str, since: date) -> tuple[EveningsOver, ...]:
    """Return how many evenings could be played again, by period and weekday."""
    rows = await conn.fetch(EVENINGS_OVER, venue_id, since)
    return tuple(msgspec.convert(dict(row), EveningsOver) for row in rows)
