"""The figures of one service date that is closed: guests, turns, quotes, risks told."""

from datetime import date

from msgspec import Struct, convert

from policies.house.rules import Overbooking
from seating.book.sat import PARTIES_SAT
from seating.book.waited import WAITED_OVER
from seating.db import Connection

# Stays as reports count them: not those that the close ended, nor mistaken taps.
EVENING = f"""
with evening as (
    select period_id, closed_at from period where venue_id = $1 and service_date = $2)
select coalesce(sum(v.party_size), 0)::int as covers, count(v.party_id)::int as parties,
       (count(v.party_id) filter (where v.what <> 'reservation'))::int as from_the_door,
       (select avg(extract(epoch from s.cleared_at - s.seated_at) / 60)
        from seating s join evening using (period_id)
        where s.venue_id = $1 and s.merged_into is null and s.cleared_at < closed_at
          and s.cleared_at - s.seated_at >= interval '10 minutes')::float8 as stay_minutes,
       (select count(distinct (t.seating_id, t.table_id)) from seating_table t
        join seating x using (venue_id, seating_id) join period q using (venue_id, period_id)
        where t.venue_id = $1 and q.service_date = $2)::int as table_uses,
       (select count(*) from dining_table d
        where d.venue_id = $1 and d.retired_at is null)::int as tables
from {PARTIES_SAT} v
"""

TOLERANCE = """coalesce(
        (p.rules_override #>> '{overbooking,tolerance_minutes}')::int,
        (u.body #>> '{overbooking,tolerance_minutes}')::int, $3)"""

PROMISED = f"""
select (count(*) filter (where r.state <> 'cancelled'))::int as promised,
       (count(*) filter (where r.state = 'no_show'))::int as no_shows,
       (count(*) filter (where r.state = 'cancelled'))::int as cancelled,
       (count(*) filter (where r.state = 'walked'))::int as walked,
       (count(*) filter (where x.came and x.told is not null))::int as told,
       sum((x.told ->> 'own_wait')::float8) filter (where x.came) as waits_told,
       (count(*) filter (where x.came and x.told is not null and x.waited))::int as waited,
       sum((x.told ->> 'walked')::float8) filter (where x.came) as walks_told,
       (count(*) filter (where x.came and x.told is not null and r.state = 'walked'))::int
           as walked_of_told
from reservation r join period p using (venue_id, period_id)
left join rules u on u.venue_id = p.venue_id and u.version = p.rules_version
cross join lateral (
    select coalesce(r.explained -> 'told', r.risk -> 'told') as told,
           r.state in ('seated', 'finished', 'walked') as came,
           {WAITED_OVER.format(party="r", tolerance=TOLERANCE)} as waited) x
where r.venue_id = $1 and p.service_date = $2 and r.state not in ('requested', 'declined')
"""

QUOTES = """
select count(*)::int as quoted, count(s.seated_at)::int as seated,
       (count(*) filter (
           where s.seated_at > w.joined_at + make_interval(mins => w.quoted_minutes)))::int as late,
       (count(*) filter (where w.state in ('left', 'gone')))::int as gone,
       max(extract(epoch from s.seated_at - w.joined_at) / 60 - w.quoted_minutes)::float8
           as worst_minutes
from wait_entry w join period p using (venue_id, period_id)
left join lateral (
    select min(seated_at) as seated_at from seating
    where seating.venue_id = w.venue_id and seating.wait_id = w.wait_id) s on true
where w.venue_id = $1 and p.service_date = $2 and w.quoted_minutes is not null
"""

CHECKS = """
select count(*)::int as checks, coalesce(sum(c.total), 0)::bigint as total,
       coalesce(sum(c.tip), 0)::bigint as tip, coalesce(sum(c.covers), 0)::int as covers
from till_check c join period p using (venue_id, period_id)
where c.venue_id = $1 and p.service_date = $2 and c.state = 'closed'
"""


class Evening(Struct, frozen=True, kw_only=True):
    """Who sat: guests (`covers`) in `parties`, of these `from_the_door` without a reservation.

    `table_uses`: how often a table was taken, of `tables`; `stay_minutes`: None without parties.
    """

    covers: int
    parties: int
    from_the_door: int
    stay_minutes: float | None
    table_uses: int
    tables: int


class Promised(Struct, frozen=True, kw_only=True):
    """The reservations, but those cancelled; and of those with a risk told who came, how it went.

    `waits_told`, `walks_told`: how many were to wait over the tolerance or walk, by what was told
    with each; `waited`, `walked_of_told`: how many did. None where nothing was told.
    """

    promised: int
    no_shows: int
    cancelled: int
    walked: int
    told: int
    waits_told: float | None
    waited: int
    walks_told: float | None
    walked_of_told: int


class Quotes(Struct, frozen=True, kw_only=True):
    """Waits told: how many, of these `seated`, of these `late`; `gone`: left before.

    `worst_minutes`: the most by which one was missed; below 0 none was, None where nobody sat.
    """

    quoted: int
    seated: int
    late: int
    gone: int
    worst_minutes: float | None


class Checks(Struct, frozen=True, kw_only=True):
    """Closed checks of the till, in minor units; `covers` as the till counted them."""

    checks: int
    total: int
    tip: int
    covers: int


async def read_evening(conn: Connection, venue_id: str, day: date) -> Evening:
    """Return who sat on a service date."""
    return convert(await conn.fetchrow(EVENING, venue_id, day), Evening, from_attributes=True)


async def read_promised(conn: Connection, venue_id: str, day: date) -> Promised:
    """Return what became of a service date's reservations, against what was told."""
    usual = Overbooking().tolerance_minutes
    row = await conn.fetchrow(PROMISED, venue_id, day, usual)
    return convert(row, Promised, from_attributes=True)


async def read_quotes(conn: Connection, venue_id: str, day: date) -> Quotes:
    """Return how the waits told on a service date were kept."""
    return convert(await conn.fetchrow(QUOTES, venue_id, day), Quotes, from_attributes=True)


async def read_checks(conn: Connection, venue_id: str, day: date) -> Checks:
    """Return what a service date's closed checks come to."""
    return convert(await conn.fetchrow(CHECKS, venue_id, day), Checks, from_attributes=True)
