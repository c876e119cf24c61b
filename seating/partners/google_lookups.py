"""Google's look-up: is there room at each of these slots, by the engine that books."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from policies.book.answers import Ask
from policies.booking.engine import takes
from policies.house.calendar import Period, service_period
from policies.house.house import House
from policies.house.room import Needs
from seating.book.asked import FURTHEST, check_needs, period_asked, without_looking
from seating.book.in_force import Known, house_of
from seating.book.periods import seen
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.period_values import prospect_of

FEW = 8
"""Asks that are answered before another thread would begin."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A slot asked about. `at_once`: it is no use when a person of the house has to answer."""

    starts: datetime
    party_size: int
    needs: Needs = Needs()
    at_once: bool = False

    @property
    def ask(self) -> Ask:
        """The slot as the engine reads it."""
        return Ask(
            party_size=self.party_size, starts=self.starts, channel="google", needs=self.needs
        )


async def available(
    conn: Connection, venue_id: str, wanted: Sequence[Wanted], clock: Clock
) -> list[bool]:
    """Tell for each slot whether it would be a yes now; each period is read once.

    Raises NotFound, Invalid (an area the house does not have).
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    for needs in {each.needs for each in wanted}:
        check_needs(known.house, needs)
    open_to = await _open(conn, known, {each for each in wanted if ahead(each.starts, now)}, now)
    return [each in open_to for each in wanted]


async def _open(
    conn: Connection, known: Known, wanted: Iterable[Wanted], now: datetime
) -> set[Wanted]:
    periods: dict[str, Period] = {}
    of_period: dict[str, list[Wanted]] = {}
    for each in wanted:
        period = period_asked(known, each.starts)
        if period is None or without_looking(known.house, period, each.ask, now):
            continue
        if not (each.at_once and waits_for_a_person(known.house, period)):
            periods[period.period_id] = period
            of_period.setdefault(period.period_id, []).append(each)
    found: set[Wanted] = set()
    for key, slots in of_period.items():
        taken = await _in(conn, known.house, periods[key], {each.ask for each in slots}, now)
        found |= {each for each in slots if each.ask in taken}
    return found


async def _in(
    conn: Connection, house: House, period: Period, asks: Collection[Ask], now: datetime
) -> frozenset[Ask]:
    """Ask the engine; a few asks are soon answered, by value or many of them in a thread."""
    picture = await seen(conn, house.venue.id, house, period, now=now)
    async with prospect_of(picture, house, now=now) as prospect:
        if prospect is None and len(asks) <= FEW:
            return takes(picture, asks, house, now=now)
        return await asyncio.to_thread(takes, picture, asks, house, now=now, known=prospect)


def ahead(starts: datetime, now: datetime) -> bool:
    """Whether a start has not passed and is no slip in the year."""
    return now <= starts <= now + timedelta(days=FURTHEST)


def waits_for_a_person(house: House, period: Period) -> bool:
    """Whether what is booked in the period is a request until somebody says yes."""
    return service_period(house, period.service_date, period.name).needs_approval
