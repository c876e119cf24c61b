"""Report: the risk stated with each overbooked promise, what then happened, and the evidence."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.picture import PromiseKind, ReservationState, Risk
from policies.booking.ceiling_evidence import CeilingEvidence, ceiling_evidence
from policies.forecast.risk_calibration import ToldRisk
from policies.house.rules import Overbooking
from seating.book.in_force import house_of, rules_of_period
from seating.db import Connection
from seating.forecast.evidence import bookings_resolved, risky_evenings, seen_evenings
from seating.forecast.told_risks import risk_calibration

OVERBOOKED_PROMISES = """
select r.reservation_id, p.service_date, r.name, r.party_size, r.starts, r.state, r.kind,
       r.risk::text, r.overruled_why, r.arrived_at, s.seated_at,
       (extract(epoch from s.seated_at - greatest(r.starts, r.arrived_at)) / 60)::float
           as waited_minutes
from reservation r join period p using (venue_id, period_id)
left join lateral (
    select min(seated_at) as seated_at from seating
    where seating.venue_id = r.venue_id and seating.reservation_id = r.reservation_id) s on true
where r.venue_id = $1 and p.service_date between $2 and $3
  and (r.risk is not null or r.overruled_why is not null)
order by r.starts, r.reservation_id
"""

WAITED_AND_WALKED = """
select count(*) filter (where r.state = 'walked') as walked,
       count(*) filter (where s.seated_at - greatest(r.starts, r.arrived_at)
                              > make_interval(mins => coalesce(
                                  (p.rules_override #>> '{overbooking,tolerance_minutes}')::int,
                                  (u.body #>> '{overbooking,tolerance_minutes}')::int,
                                  $4))) as waited
from reservation r join period p using (venue_id, period_id)
left join rules u on u.venue_id = p.venue_id and u.version = p.rules_version
left join lateral (
    select min(seated_at) as seated_at from seating
    where seating.venue_id = r.venue_id and seating.reservation_id = r.reservation_id) s on true
where r.venue_id = $1 and p.service_date between $2 and $3
"""

BY_VALUE = """
select count(*) as booked, count(r.wished_start) as moved,
       coalesce(sum((r.explained ->> 'walked_expected')::float), 0) as walked_expected
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and p.service_date between $2 and $3
"""


class OverbookedPromise(Struct, frozen=True, kw_only=True):
    """A promise made beyond capacity. `risk`: as stated then; None where a person overruled.

    `kind` is physical by now if a table became free. `waited_minutes`: from its start (or its
    arrival, if later) until it was seated.
    """

    reservation_id: UUID
    service_date: date
    name: str
    party_size: int
    starts: datetime
    state: ReservationState
    kind: PromiseKind
    risk: Risk | None
    overruled_why: str | None
    arrived_at: datetime | None
    seated_at: datetime | None
    waited_minutes: float | None


class OverbookingReport(Struct, frozen=True, kw_only=True):
    """The overbooked promises of some dates, and the promised parties that waited or walked.

    own_wait: of the overbooked parties that came, `own_expected` were told to wait over the
    tolerance or be walked, `own_waited` did. any_wait: the largest told, that somebody promised
    waits, None where none was. `expected`: sum of the stated probabilities, own_wait or in older
    promises that anybody waits. `waited`: promised parties that waited over the tolerance of their
    period; `walked`: that left; `walked_expected`: sum of the walked parties expected at each
    acceptance by value. `booked`:
    reservations made; `moved`: of these at a suggested start. `ceilings`: what the ceiling of each
    period of the last date rests on.
    """

    promises: tuple[OverbookedPromise, ...]
    expected: float
    own_expected: float
    own_waited: int
    any_wait: float | None
    waited: int
    walked: int
    walked_expected: float
    booked: int
    moved: int
    ceilings: tuple[CeilingEvidence, ...]


async def overbooking_report(
    conn: Connection, venue_id: str, first: date, last: date
) -> OverbookingReport:
    """Return the report of service dates, `first` and `last` included."""
    rows = await conn.fetch(OVERBOOKED_PROMISES, venue_id, first, last)
    promises = tuple(_promise(dict(row)) for row in rows)
    own = list(_own_waits(promises))
    usual = Overbooking().tolerance_minutes
    counts = await conn.fetchrow(WAITED_AND_WALKED, venue_id, first, last, usual)
    return OverbookingReport(
        promises=promises,
        expected=sum(each.risk.probability for each in promises if each.risk),
        own_expected=sum(own for own, _ in own),
        own_waited=sum(waited for _, waited in own),
        any_wait=max((told.any_wait for told in _told(promises)), default=None),
        waited=counts["waited"] if counts else 0,
        walked=counts["walked"] if counts else 0,
        **dict(await conn.fetchrow(BY_VALUE, venue_id, first, last) or {}),
        ceilings=await ceilings_of_date(conn, venue_id, last),
    )


async def ceilings_of_date(
    conn: Connection, venue_id: str, service_date: date
) -> tuple[CeilingEvidence, ...]:
    """Return the ceiling of each period of a date with what it rests on."""
    known, found = (await house_of(conn, venue_id)).on(service_date), []
    bookings = await bookings_resolved(conn, venue_id)
    told_from = (await risk_calibration(conn, venue_id)).evenings
    for period in known.periods_on(service_date):
        evidence = ceiling_evidence(
            known.house,
            await rules_of_period(conn, venue_id, period),
            period,
            seen=await seen_evenings(conn, venue_id, period),
            risky=await risky_evenings(conn, venue_id, period),
            bookings=bookings,
            told_from=told_from,
        )
        found.append(evidence)
    return tuple(found)


def _own_waits(promises: Iterable[OverbookedPromise]) -> Iterator[tuple[float, bool]]:
    """Yield own_wait as told and whether it happened, of the parties that came."""
    for each in promises:
        if each.risk and each.risk.told and (each.seated_at or each.state == "walked"):
            late = (each.waited_minutes or 0.0) > each.risk.tolerance_minutes
            yield each.risk.told.own_wait, late or each.state == "walked"


def _told(promises: Iterable[OverbookedPromise]) -> Iterator[ToldRisk]:
    return (each.risk.told for each in promises if each.risk and each.risk.told)


def _promise(row: dict[str, object]) -> OverbookedPromise:
    risk = row["risk"]
    row["risk"] = msgspec.json.decode(str(risk), type=Risk) if risk else None
    return msgspec.convert(row, OverbookedPromise)
