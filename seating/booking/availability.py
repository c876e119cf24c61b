"""What can be booked: read without a lock, by the engine that commits."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from policies.book.answers import Answer, Ask, Yes
from policies.book.picture import Channel
from policies.booking.engine import availability
from policies.house.calendar import Period, periods_on, service_period
from policies.house.house import House
from policies.house.room import Needs, room_of
from policies.house.rules import NoCode
from seating.book.asked import check_needs
from seating.book.in_force import Known, house_of
from seating.book.periods import seen
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.period_values import prospect_of

DAYS_BEYOND = 3
"""How many dates further on are looked at when the wished one is full."""


class Search(Struct, frozen=True, kw_only=True):
    """What is looked for: a party on a service date."""

    service_date: date
    party_size: int
    channel: Channel
    needs: Needs = Needs()
    accepted_house_rules: int | None = None


class Slot(Struct, frozen=True, kw_only=True):
    """A start that would be a yes now, and how long the party may stay (seconds).

    `suggestion`: another start that is worth more to the house; for staff, to mention kindly.
    """

    start: datetime
    duration_s: int
    areas: tuple[str, ...]
    requires_approval: bool = False
    suggestion: datetime | None = None


class Found(Struct, frozen=True, kw_only=True):
    """The slots of a date; for a full date the nearest ones after it, and the rule that bound.

    `in_vain`: the periods of the date that were looked through and had nothing.
    """

    slots: tuple[Slot, ...]
    alternatives: tuple[Slot, ...] = ()
    code: NoCode | None = None
    in_vain: tuple[str, ...] = ()


async def search(conn: Connection, venue_id: str, wish: Search, clock: Clock) -> Found:
    """Return what can be booked for the party on a service date. Raises NotFound, Invalid."""
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    check_needs(known.house, wish.needs)
    if not _near(known.house, wish, now):
        return Found(slots=(), code="OUTSIDE_BOOKING_WINDOW")
    slots = await _on(conn, known, wish, wish.service_date, now)
    if slots:
        return Found(slots=slots)
    code = await _why_not(conn, known, wish, now)
    in_vain = tuple(each.period_id for each in _ahead(known, wish.service_date, now))
    for days in range(1, DAYS_BEYOND + 1):
        later = wish.service_date + timedelta(days=days)
        alternatives = await _on(conn, known, wish, later, now)
        if alternatives:
            return Found(slots=(), alternatives=alternatives, code=code, in_vain=in_vain)
    return Found(slots=(), code=code, in_vain=in_vain)


async def _on(
    conn: Connection, known: Known, wish: Search, day: date, now: datetime
) -> tuple[Slot, ...]:
    house, slots = known.house, list[Slot]()
    for period in _ahead(known, day, now):
        approval = service_period(house, period.service_date, period.name).needs_approval
        for _, answer in await _in(conn, known, wish, period, now, why_not=False):
            assert isinstance(answer, Yes)  # noqa: S101 - for the type checker
            slots.append(_slot(house, wish, answer, requires_approval=approval))
    return tuple(slots)


async def _why_not(conn: Connection, known: Known, wish: Search, now: datetime) -> NoCode:
    """Return the rule that bound most often in the date's last period."""
    code: NoCode = "CLOSED"
    for period in _ahead(known, wish.service_date, now):
        answers = await _in(conn, known, wish, period, now, why_not=True)
        bound = Counter(answer.code for _, answer in answers if not isinstance(answer, Yes))
        code = bound.most_common(1)[0][0] if bound else code
    return code


def _ahead(known: Known, day: date, now: datetime) -> Iterator[Period]:
    for period in periods_on(known.house, day, house_version=known.version):
        if period.closes > now:
            yield period


async def _in(
    conn: Connection, known: Known, wish: Search, period: Period, now: datetime, *, why_not: bool
) -> tuple[tuple[datetime, Answer], ...]:
    """Ask the engine; by value it tries each start on the ledger, in a thread."""
    house = known.house
    picture = await seen(conn, house.venue.id, house, period, now=now)
    ask = _ask(wish, period, house)
    async with prospect_of(picture, house, now=now) as prospect:
        if prospect is None:
            return availability(picture, ask, house, now=now, why_not=why_not)
        return await asyncio.to_thread(
            availability, picture, ask, house, now=now, known=prospect, why_not=why_not
        )


def _slot(house: House, wish: Search, answer: Yes, *, requires_approval: bool) -> Slot:
    return Slot(
        start=answer.starts,
        duration_s=int((answer.ends - answer.starts).total_seconds()),
        areas=(_area(house, wish, answer),),
        requires_approval=requires_approval,
        suggestion=answer.suggestion,
    )


def _area(house: House, wish: Search, answer: Yes) -> str:
    """The area of the party's table; beyond the room that of the table it would be given.

    A booking site cannot tell one from the other.
    """
    room = room_of(house)
    tables = answer.tables or room.names(room.choices(wish.party_size, wish.needs).flat[0])
    return next(table.area for table in house.tables if table.id == tables[0])


def _ask(wish: Search, period: Period, house: House) -> Ask:
    rules = house.house_rules
    return Ask(
        party_size=wish.party_size,
        starts=period.opens,
        channel=wish.channel,
        needs=wish.needs,
        accepted_house_rules=rules.version if rules else None,
    )


def _near(house: House, wish: Search, now: datetime) -> bool:
    ahead = (wish.service_date - now.date()).days
    return -1 <= ahead <= house.booking.window_days + 1
