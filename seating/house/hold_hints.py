"""Advice to managers: which tables to hold back on a date."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.evidence import DemandEvidence, walk_in_evidence
from policies.house.calendar import Period
from policies.house.rules import HeldWindow
from policies.value.hold_advice import HoldHint, hold_advice
from policies.words.catalogue import say
from policies.words.message import message
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import read_unlocked
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.evidence import seen_evenings


class PeriodHints(Struct, frozen=True, kw_only=True):
    """A period's advice; none while it has no bid prices (`priced` is False, `said` tells so).

    `evidence`: all walk-ins of such periods that were seen.
    """

    period_id: str
    priced: bool
    evidence: DemandEvidence
    hints: tuple[HoldHint, ...]
    said: str = ""


async def hold_hints(
    conn: Connection,
    venue_id: str,
    service_date: date,
    clock: Clock,
    windows: tuple[HeldWindow, ...] = (),
) -> tuple[PeriodHints, ...]:
    """Return for each period of a date what is worth holding back, now and at each release step.

    `windows`: asked about beside those of the rules, as if nothing were held in them yet.
    """
    known = (await house_of(conn, venue_id)).on(service_date)
    periods = known.periods_on(service_date)
    return tuple([await _hints_of(conn, known, period, clock, windows) for period in periods])


async def _hints_of(
    conn: Connection,
    known: HouseVersion,
    period: Period,
    clock: Clock,
    windows: tuple[HeldWindow, ...],
) -> PeriodHints:
    house, now = known.house, await clock.now(conn)
    venue_id = house.venue.id
    picture = await read_unlocked(conn, venue_id, known, period, now=now)
    if windows:
        rules = replace(picture.rules, holds=(*picture.rules.holds, *windows))
        picture = replace(picture, rules=rules)
    seen = await seen_evenings(conn, venue_id, period)
    priced = picture.prices is not None
    return PeriodHints(
        period_id=period.period_id,
        priced=priced,
        evidence=walk_in_evidence(seen, period),
        hints=hold_advice(picture, house, seen, now=now),
        said="" if priced else say(message("hold-not-priced"), house.venue.locale),
    )
