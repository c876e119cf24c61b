"""Reads the past evenings that advice rests on: held tables, promises beyond the room, lateness."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import msgspec

from policies.advice.beyond import BeyondEvening
from policies.advice.first_window import CameInVain, InVain
from policies.advice.grace import ArrivedLate
from policies.advice.holding import HeldEvening
from seating.book.waited import CAME_WITH_RISK, TOLERANCE_TOLD, WAITED_OVER
from seating.db import Connection

# One that was ended as it was made never had a table.
HELD_EVENINGS = """
select h.window_name as window, count(*)::int as made,
       count(*) filter (where h.state = 'granted')::int as used
from held_table h join period p using (venue_id, period_id)
where h.venue_id = $1 and p.service_date between $2 and $3 and p.closed_at is not null
  and not (h.state = 'cancelled' and h.ended_at <= h.made_at)
group by h.window_name, p.period_id
"""

TOLERANCE = TOLERANCE_TOLD.format(party="r")

# `came` and `told`: of the promises beyond the room whose party was told its own risk, as
# forecast.evidence.RISKS_TOLD counts them.
BEYOND_EVENINGS = f"""
select coalesce(b.promised, 0)::int as promised, coalesce(t.capped, 0)::int as capped,
       coalesce(b.missing, 0)::int as missing, coalesce(b.missing_covers, 0)::int as missing_covers,
       coalesce(b.came, 0)::int as came, coalesce(b.told, 0)::float as told,
       coalesce(b.waited, 0)::int as waited
from (select distinct service_date from period
      where venue_id = $1 and service_date between $2 and $3 and closed_at is not null) d
left join lateral (
    select count(*) filter (where r.risk is not null) as promised,
           count(*) filter (where r.state = 'no_show') as missing,
           sum(r.party_size) filter (where r.state = 'no_show') as missing_covers,
           count(*) filter (where w.came) as came,
           sum((r.risk #>> '{{told,own_wait}}')::float) filter (where w.came) as told,
           count(*) filter (where w.came and w.waited) as waited
    from reservation r join period p using (venue_id, period_id)
    cross join lateral (
        select {CAME_WITH_RISK.format(party="r")} as came,
               {WAITED_OVER.format(party="r", tolerance=TOLERANCE)} as waited) w
    where p.venue_id = $1 and p.service_date = d.service_date and p.closed_at is not null) b on true
left join lateral (
    select count(*) as capped from turnaway
    where venue_id = $1 and service_date = d.service_date and code = 'OVERBOOKING_CAP') t on true
"""

# A party told to be late is expected then; the close finds out nothing of one that was open.
LATENESS = """
select p.service_date,
       case when r.state <> 'no_show'
            then (extract(epoch from r.arrived_at - r.starts) / 60)::float end as late
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and p.service_date between $2 and $3 and p.closed_at is not null
  and (r.state = 'no_show'
       or r.state in ('seated', 'finished', 'walked') and r.arrived_at is not null)
"""

# Those whom learning counts as walk-ins (forecast.history.PAST_NIGHTS) and who never sat.
CAME_IN_VAIN = """
select p.name as period, count(*)::int as evenings,
       coalesce(jsonb_agg(v.parties) filter (where v.parties is not null), '[]')::text as parties
from period p
left join lateral (
    select jsonb_agg(jsonb_build_object(
        'service_date', p.service_date, 'at', c.at, 'party_size', c.party_size)) as parties
    from (select t.asked_for as at, t.party_size from turnaway t
          where t.venue_id = p.venue_id and t.service_date = p.service_date
            and (t.period_id = p.period_id
                 or t.period_id is null and t.asked_for between p.opens and p.last_seating)
            and t.channel = 'walk_in' and t.wait_id is null and t.recovered_by is null
          union all
          select w.joined_at, w.party_size from wait_entry w
          where w.venue_id = p.venue_id and w.period_id = p.period_id
            and w.state in ('left', 'turned_away')) c) v on true
where p.venue_id = $1 and p.service_date between $2 and $3 and p.closed_at is not null and p.served
group by p.name order by p.name
"""


async def held_evenings(
    conn: Connection, venue_id: str, first: date, last: date
) -> Mapping[str, tuple[HeldEvening, ...]]:
    """Return by window the past evenings on which tables were held, and how many were used."""
    found = defaultdict[str, tuple[HeldEvening, ...]](tuple)
    for row in await conn.fetch(HELD_EVENINGS, venue_id, first, last):
        found[row["window"]] += (HeldEvening(made=row["made"], used=row["used"]),)
    return found


async def beyond_evenings(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[BeyondEvening, ...]:
    """Return the closed service dates with what was promised beyond the room, and who was missing.

    A promise is beyond the room where a risk was told with it.
    """
    rows = await conn.fetch(BEYOND_EVENINGS, venue_id, first, last)
    return tuple(msgspec.convert(row, BeyondEvening, from_attributes=True) for row in rows)


async def lateness_seen(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[ArrivedLate, ...]:
    """Return how late the booked parties of closed periods came, and who never did."""
    rows = await conn.fetch(LATENESS, venue_id, first, last)
    return tuple(msgspec.convert(row, ArrivedLate, from_attributes=True) for row in rows)


async def came_in_vain(
    conn: Connection, venue_id: str, first: date, last: date
) -> tuple[InVain, ...]:
    """Return by period who came without a reservation and got no table."""
    rows = await conn.fetch(CAME_IN_VAIN, venue_id, first, last)
    return tuple(
        InVain(period=row["period"], evenings=row["evenings"], parties=_parties(row["parties"]))
        for row in rows
    )


def _parties(text: str) -> tuple[CameInVain, ...]:
    found = msgspec.json.decode(text, type=tuple[tuple[CameInVain, ...], ...])
    return tuple(each for evening in found for each in evening)
