"""Learns how true the risks told with promises are, once a service date is over."""

from datetime import date
from itertools import groupby

import msgspec

from policies.forecast.risk_calibration import (
    UNLEARNED,
    WALKED_MINUTES,
    PastPromise,
    RiskCalibration,
    evening_outcomes,
    learn_evening,
)
from policies.house.rules import Overbooking
from seating.db import Connection

CALIBRATION_OF_RISKS = "select learned::text from risk_calibration where venue_id = $1"

# Only parties that came: a no-show or a cancellation says nothing of a wait.
PROMISES_KEPT = """
select p.period_id, (x.starts_after)::float8 as starts, (x.stays_until)::float8 as until,
       coalesce(r.explained -> 'told', r.risk -> 'told')::text as told,
       (r.state = 'walked' or x.waited > make_interval(mins => $5)) as walked,
       (r.state = 'walked' or x.waited > make_interval(mins => coalesce(
           (p.rules_override #>> '{overbooking,tolerance_minutes}')::int,
           (u.body #>> '{overbooking,tolerance_minutes}')::int, $4))) as waited
from period p
join reservation r using (venue_id, period_id)
left join rules u on u.venue_id = p.venue_id and u.version = p.rules_version
left join lateral (
    select min(seated_at) as seated_at, max(cleared_at) as cleared_at from seating
    where seating.venue_id = r.venue_id and seating.reservation_id = r.reservation_id) s on true
cross join lateral (
    select extract(epoch from greatest(r.starts, r.arrived_at) - p.opens) / 60 as starts_after,
           extract(epoch from coalesce(s.cleared_at, r.ends) - p.opens) / 60 as stays_until,
           s.seated_at - greatest(r.starts, r.arrived_at) as waited) x
where p.venue_id = $1 and p.closed_at is not null and p.service_date > $2
  and p.service_date <= $3 and r.state in ('seated', 'finished', 'walked')
order by p.service_date, p.opens, p.period_id, r.starts, r.reservation_id
"""

KEEP_CALIBRATION_OF_RISKS = """
insert into risk_calibration (venue_id, evenings, learned) values ($1, $2, $3::jsonb)
on conflict (venue_id) do update set evenings = excluded.evenings, learned = excluded.learned
"""


async def risk_calibration(conn: Connection, venue_id: str) -> RiskCalibration:
    """Return what the house has learned of its told risks."""
    text = await conn.fetchval(CALIBRATION_OF_RISKS, venue_id)
    return msgspec.json.decode(text, type=RiskCalibration) if text else UNLEARNED


async def learn_told_risks(
    conn: Connection, venue_id: str, last: date | None, until: date
) -> RiskCalibration:
    """Learn from the closed periods after `last` (None: all), to `until`; return what is known.

    Each date must be learned once: the caller has claimed it.
    """
    known = await risk_calibration(conn, venue_id)
    usual = Overbooking().tolerance_minutes
    begins = last or date.min
    rows = await conn.fetch(PROMISES_KEPT, venue_id, begins, until, usual, WALKED_MINUTES)
    for _, group in groupby(rows, key=lambda row: row["period_id"]):
        known = learn_evening(known, evening_outcomes([_promise(dict(row)) for row in group]))
    if rows:
        kept = msgspec.json.encode(known).decode()
        await conn.execute(KEEP_CALIBRATION_OF_RISKS, venue_id, known.evenings, kept)
    return known


def _promise(row: dict[str, object]) -> PastPromise:
    told = row["told"]
    row["told"] = msgspec.json.decode(str(told)) if told else None
    return msgspec.convert(row, PastPromise)
