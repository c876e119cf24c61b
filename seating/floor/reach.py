"""Which periods an order reaches: its own, and every other whose plan rests on the same facts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.picture import OVERRUN_STRETCH
from policies.floor.orders import BlockTable, Extend, LiftBlock, Merge, Order, Seat, Swap
from policies.house.calendar import Period, periods_on, span
from policies.house.house import House
from seating.book.asked import check_start
from seating.book.in_force import Known
from seating.book.periods import period_tonight
from seating.book.reservations import period_of
from seating.db import Connection

PERIOD_OF_SEATING = """
select p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes, p.house_version
from seating s join period p using (venue_id, period_id)
where s.venue_id = $1 and s.seating_id = $2
"""

PERIOD_OF_WAIT = """
select p.period_id, p.service_date, p.name, p.opens, p.last_seating, p.closes, p.house_version
from wait_entry w join period p using (venue_id, period_id)
where w.venue_id = $1 and w.wait_id = $2
"""

LAST_END = """
select max(expected_end) from seating
where venue_id = $1 and seating_id = any($2::uuid[]) and cleared_at is null
"""

SPAN_OF_BLOCK = "select starts, ends from block where venue_id = $1 and block_id = $2"

Span = tuple[datetime, datetime]


class Reach(Struct, frozen=True):
    """The period an order is about, and the others to lock with it."""

    period: Period
    also: tuple[Period, ...] = ()


async def reach_of(conn: Connection, known: Known, order: Order, now: datetime) -> Reach:
    """Return what an order reaches. Raises NotFound."""
    if isinstance(order, BlockTable | LiftBlock):
        return await _of_block(conn, known, order, now)
    venue_id = known.house.venue.id
    period = await _home(conn, venue_id, order) or _tonight(known, now)
    until = await _until(conn, known, order, now)
    return Reach(period, overlapping(known, (now, until)) if until else ())


def reach_of_undo(known: Known, period: Period, changes: Changes, now: datetime) -> Reach:
    """Return what putting these changes back reaches."""
    spans = [(now, _stays(seating.expected_end, now)) for seating in changes.seatings]
    spans += [(block.starts, block.ends) for block in changes.blocks]
    return Reach(period, tuple(one for each in spans for one in overlapping(known, each)))


def overlapping(known: Known, when: Span) -> tuple[Period, ...]:
    """Return the periods in which a party may hold a table at some instant of a span."""
    starts, ends = when
    return tuple(
        period
        for day in range(-1, (ends - starts).days + 3)
        for period in periods_on(
            known.house, (starts + timedelta(days=day)).date(), house_version=known.version
        )
        if _touch(span(period, known.house), when)
    )


def overrun_reach(known: Known, now: datetime) -> tuple[Period, ...]:
    """Return the periods that a party staying on now may disturb."""
    return overlapping(known, (now, now + OVERRUN_STRETCH))


async def _of_block(
    conn: Connection, known: Known, order: BlockTable | LiftBlock, now: datetime
) -> Reach:
    if isinstance(order, LiftBlock):
        row = await conn.fetchrow(SPAN_OF_BLOCK, known.house.venue.id, order.block_id)
        starts, ends = (row["starts"], row["ends"]) if row else (None, None)
    else:
        starts, ends = order.starts, order.ends
    for instant in (starts, ends):
        check_start(instant or now, now)
    starts = max(starts or now, now)
    ahead = overlapping(known, (starts, max(starts + timedelta(minutes=1), ends or starts)))
    period = next((each for each in ahead if each.closes > now), None)
    return Reach(period or _tonight(known, now), ahead)


async def _home(conn: Connection, venue_id: str, order: Order) -> Period | None:
    """The period of the reservation, seating or waiting party that an order names."""
    reservation_id: UUID | None = getattr(order, "reservation_id", None)
    if reservation_id is not None:
        return await period_of(conn, venue_id, reservation_id)
    for field, query in (("seating_id", PERIOD_OF_SEATING), ("wait_id", PERIOD_OF_WAIT)):
        named: UUID | None = getattr(order, field, None)
        row = await conn.fetchrow(query, venue_id, named) if named else None
        if row is not None:
            return msgspec.convert(dict(row), Period)
    return None


async def _until(conn: Connection, known: Known, order: Order, now: datetime) -> datetime | None:
    """Until when the seatings an order is about may hold their tables, None for no seating."""
    if isinstance(order, Seat):
        return now + _longest_turn(known.house)
    named = list(_seatings(order))
    if not named:
        return None
    end = _stays(await conn.fetchval(LAST_END, known.house.venue.id, named) or now, now)
    return end + timedelta(minutes=order.minutes) if isinstance(order, Extend) else end


def _seatings(order: Order) -> Iterator[UUID]:
    seating_id: UUID | None = getattr(order, "seating_id", None)
    if seating_id is not None:
        yield seating_id
    if isinstance(order, Swap):
        yield order.other_id
    if isinstance(order, Merge):
        yield order.into_id


def _stays(expected_end: datetime, now: datetime) -> datetime:
    return max(expected_end, now + OVERRUN_STRETCH)


def _longest_turn(house: House) -> timedelta:
    return timedelta(minutes=max(turn.minutes for turn in house.turn_times))


def _tonight(known: Known, now: datetime) -> Period:
    return period_tonight(known.house, now, house_version=known.version)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
