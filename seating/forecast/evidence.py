"""Reads what forecasts have learned from: the evenings, their walk-ins, the stays at table."""

from datetime import date

import msgspec

from policies.booking.ceiling_evidence import RiskyEvening
from policies.forecast.evidence import SeenEvening, SeenWalkIn
from policies.forecast.learning import HISTORY
from policies.forecast.stay_evidence import SeenStays
from policies.house.calendar import WEEK, Period
from policies.house.house import House
from policies.house.room import room_of
from seating.book.waited import CAME_WITH_RISK, TOLERANCE_TOLD, WAITED_OVER
from seating.db import Connection

# Walk-ins as learning counts them (PAST_NIGHTS): seated, refused at the door, gone from the list.
SEEN_EVENINGS = """
select p.service_date, (
    select coalesce(jsonb_agg(jsonb_build_object(
        'minute', floor(extract(epoch from w.at - p.opens) / 60)::int,
        'party_size', w.party_size)), '[]')
    from (select coalesce(w.joined_at, s.seated_at) as at, s.party_size
          from seating s left join wait_entry w on w.venue_id = s.venue_id and w.wait_id = s.wait_id
          where s.venue_id = p.venue_id and s.period_id = p.period_id
            and s.reservation_id is null and s.merged_into is null
          union all
          select t.asked_for, t.party_size from turnaway t
          where t.venue_id = p.venue_id and t.service_date = p.service_date
            and t.channel = 'walk_in' and t.wait_id is null and t.recovered_by is null
            and (t.period_id = p.period_id
                 or t.period_id is null and t.asked_for between p.opens and p.last_seating)
          union all
          select w.joined_at, w.party_size from wait_entry w
          where w.venue_id = p.venue_id and w.period_id = p.period_id
            and w.state in ('left', 'turned_away')) w)::text as walk_ins
from period p
where p.venue_id = $1 and p.name = $2 and p.closed_at is not null
  and p.service_date between $3 and $4
  and p.service_date <= (select max(l.service_date) from lesson l where l.venue_id = $1)
order by p.service_date desc
"""

# A stay whose length staff had set says nothing of the turn times.
STAYS = """
select s.party_size, p.name as period, extract(isodow from p.service_date)::int as day, t.tables,
       array_agg(round(extract(epoch from s.cleared_at - s.seated_at) / 60)::int
                 order by s.seated_at) as minutes
from seating s join period p using (venue_id, period_id)
cross join lateral (
    select coalesce(array_agg(distinct table_id), '{}') as tables from seating_table
    where venue_id = s.venue_id and seating_id = s.seating_id) t
where s.venue_id = $1 and p.closed_at is not null and p.service_date between $2 and $3
  and s.merged_into is null and s.cleared_at < p.closed_at
  and s.cleared_at - s.seated_at >= interval '10 minutes'
  and not exists (
      select from reservation r where r.venue_id = s.venue_id
        and r.reservation_id = s.reservation_id and r.duration_minutes is not null)
group by s.party_size, p.name, extract(isodow from p.service_date), t.tables
"""

TOLERANCE = TOLERANCE_TOLD.format(party="r")

# `own`: of the promises beyond the room whose party came, with the risk told that it waits.
RISKS_TOLD = f"""
select p.service_date, count(*) as promises,
       max(coalesce((r.risk #>> '{{told,any_wait}}')::float, (r.risk ->> 'probability')::float))
           as told,
       bool_or(o.waited) as waited,
       count(*) filter (where own.came) as own_came,
       coalesce(sum((r.risk #>> '{{told,own_wait}}')::float) filter (where own.came), 0)
           as own_told,
       count(*) filter (where own.came and own.waited) as own_waited
from period p
join reservation r using (venue_id, period_id)
cross join lateral (
    select exists (
        select from reservation q
        where q.venue_id = p.venue_id and q.period_id = p.period_id
          and {WAITED_OVER.format(party="q", tolerance=TOLERANCE)}) as waited) o
cross join lateral (
    select {CAME_WITH_RISK.format(party="r")} as came,
           {WAITED_OVER.format(party="r", tolerance=TOLERANCE)} as waited) own
where p.venue_id = $1 and p.name = $2 and p.closed_at is not null
  and p.service_date between $3 and $4 and r.risk is not null
group by p.service_date
order by p.service_date desc
"""

RESOLVED = """
select l.bookings from lesson l where l.venue_id = $1 order by l.service_date desc limit 1
"""


async def seen_evenings(conn: Connection, venue_id: str, period: Period) -> tuple[SeenEvening, ...]:
    """Return the evenings of the period's name that the forecast learned from, the latest first."""
    since = period.service_date - HISTORY
    rows = await conn.fetch(SEEN_EVENINGS, venue_id, period.name, since, period.service_date)
    return tuple(
        SeenEvening(
            service_date=row["service_date"],
            walk_ins=msgspec.json.decode(row["walk_ins"], type=tuple[SeenWalkIn, ...]),
        )
        for row in rows
    )


async def stays_seen(
    conn: Connection, venue_id: str, house: House, until: date
) -> tuple[SeenStays, ...]:
    """Return the minutes of the stays of the last half year, as learning counts them.

    Left out are those that the close ended and those under 10 minutes (history.PAST_NIGHTS).
    `house`: says in which area its tables stand.
    """
    rows = await conn.fetch(STAYS, venue_id, until - HISTORY, until)
    room = room_of(house)
    return tuple(
        SeenStays(
            party_size=row["party_size"],
            period=row["period"],
            day=WEEK[row["day"] - 1],
            area=room.area_of(tuple(row["tables"])),
            minutes=tuple(row["minutes"]),
        )
        for row in rows
    )


async def risky_evenings(
    conn: Connection, venue_id: str, period: Period
) -> tuple[RiskyEvening, ...]:
    """Return the past evenings of the period's name with promises beyond the room, latest first."""
    since = period.service_date - HISTORY
    rows = await conn.fetch(RISKS_TOLD, venue_id, period.name, since, period.service_date)
    return tuple(msgspec.convert(row, RiskyEvening, from_attributes=True) for row in rows)


async def bookings_resolved(conn: Connection, venue_id: str) -> int:
    """Return the number of bookings that the shares of no-shows were last learned from."""
    return int(await conn.fetchval(RESOLVED, venue_id) or 0)
