"""The periods to lock for a command: its own, and those in which its tables are in use as well.

A party that stays, or a block, may run into the next period; that period's plan must see it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from policies.book.changes import Changes
from policies.book.picture import OVERRUN_STRETCH
from policies.floor.orders import (
    BlockTable,
    Command,
    Extend,
    LiftBlock,
    Merge,
    Notify,
    Seat,
    Swap,
)
from policies.house.calendar import Period, occupancy_window
from policies.house.house import House
from policies.house.rules import CALL_MINUTES_AT_MOST
from seating.book.asked import check_start
from seating.book.in_force import HouseVersion
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import tonights_period
from seating.book.reservations import period_of
from seating.db import Connection

PERIOD_OF_SEATING = f"""
select {PERIOD_COLUMNS}
from seating s join period p using (venue_id, period_id)
where s.venue_id = $1 and s.seating_id = $2
"""

PERIOD_OF_WAIT = f"""
select {PERIOD_COLUMNS}
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
    """The period a command is about, and the others to lock with it."""

    period: Period
    also: tuple[Period, ...] = ()


async def reach_of(
    conn: Connection,
    in_force: HouseVersion,
    command: Command,
    now: datetime,
    happened: datetime | None = None,
) -> Reach:
    """Return the periods a command reaches; `happened`: when it was done. Raises NotFound."""
    if isinstance(command, BlockTable | LiftBlock):
        return await _of_block(conn, in_force, command, now)
    venue_id = in_force.house.venue.id
    period = await _period_of_subject(conn, venue_id, command)
    period = period or _tonight(in_force, happened or now)
    until = await _tables_held_until(conn, in_force, command, now)
    return Reach(period, overlapping(in_force, (now, until)) if until else ())


def reach_of_undo(in_force: HouseVersion, period: Period, changes: Changes, now: datetime) -> Reach:
    """Return the periods that undoing these changes reaches."""
    spans = [(now, _overrun_end(seating.expected_end, now)) for seating in changes.seatings]
    spans += [(block.starts, block.ends) for block in changes.blocks]
    return Reach(period, tuple(one for each in spans for one in overlapping(in_force, each)))


def overlapping(in_force: HouseVersion, when: Span) -> tuple[Period, ...]:
    """Return the periods in which a table can be in use at some instant of the span."""
    starts, ends = when
    return tuple(
        period
        for day in range(-1, (ends - starts).days + 3)
        for period in in_force.periods_on((starts + timedelta(days=day)).date())
        if _overlap(occupancy_window(period, in_force.on(period.service_date).house), when)
    )


def overrun_reach(in_force: HouseVersion, now: datetime) -> tuple[Period, ...]:
    """Return the periods that a party past its expected end may affect from now on."""
    return overlapping(in_force, (now, now + OVERRUN_STRETCH))


async def _of_block(
    conn: Connection, in_force: HouseVersion, command: BlockTable | LiftBlock, now: datetime
) -> Reach:
    if isinstance(command, LiftBlock):
        row = await conn.fetchrow(SPAN_OF_BLOCK, in_force.house.venue.id, command.block_id)
        starts, ends = (row["starts"], row["ends"]) if row else (None, None)
    else:
        starts, ends = command.starts, command.ends
    for instant in (starts, ends):
        check_start(instant or now, now)
    starts = max(starts or now, now)
    ahead = overlapping(in_force, (starts, max(starts + timedelta(minutes=1), ends or starts)))
    period = next((each for each in ahead if each.closes > now), None)
    return Reach(period or _tonight(in_force, now), ahead)


async def _period_of_subject(conn: Connection, venue_id: str, command: Command) -> Period | None:
    """Return the period of the reservation, seating or waitlist entry that a command names."""
    reservation_id: UUID | None = getattr(command, "reservation_id", None)
    if reservation_id is not None:
        return await period_of(conn, venue_id, reservation_id)
    for field, query in (("seating_id", PERIOD_OF_SEATING), ("wait_id", PERIOD_OF_WAIT)):
        named: UUID | None = getattr(command, field, None)
        row = await conn.fetchrow(query, venue_id, named) if named else None
        if row is not None:
            return period_in(row)
    return None


async def _tables_held_until(
    conn: Connection, in_force: HouseVersion, command: Command, now: datetime
) -> datetime | None:
    """Return until when the command's parties may keep their tables; None where it gives none."""
    if isinstance(command, Seat):
        return now + _longest_turn(in_force.house)
    if isinstance(command, Notify):
        return now + timedelta(minutes=CALL_MINUTES_AT_MOST) + _longest_turn(in_force.house)
    named = list(_seatings(command))
    if not named:
        return None
    end = _overrun_end(await conn.fetchval(LAST_END, in_force.house.venue.id, named) or now, now)
    return end + timedelta(minutes=command.minutes) if isinstance(command, Extend) else end


def _seatings(command: Command) -> Iterator[UUID]:
    seating_id: UUID | None = getattr(command, "seating_id", None)
    if seating_id is not None:
        yield seating_id
    if isinstance(command, Swap):
        yield command.other_id
    if isinstance(command, Merge):
        yield command.into_id


def _overrun_end(expected_end: datetime, now: datetime) -> datetime:
    return max(expected_end, now + OVERRUN_STRETCH)


def _longest_turn(house: House) -> timedelta:
    return timedelta(minutes=max(turn.minutes for turn in house.turn_times))


def _tonight(in_force: HouseVersion, now: datetime) -> Period:
    return tonights_period(in_force, now)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
