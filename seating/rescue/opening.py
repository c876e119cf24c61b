"""Opening a rescue option: a slot hold keeps its tables for two minutes while the guest decides."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import Changes, values_before, without_intentions
from policies.booking.engine import decide
from policies.plan.replanning import replan
from policies.rescue.facts import Obstacle, first_obstacle, obstacle
from policies.rescue.option import BOOK, OPEN_AT_MOST, SIT_NOW, RescueOption
from policies.rescue.taking import OPEN_FOR, open_later, open_now, release_opened
from policies.words.message import message
from seating.book.asked import period_for_start
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import LockedPeriod, lock_period, tonights_period
from seating.book.write import WriteSet
from seating.clock import Clock
from seating.db import Connection
from seating.errors import RoomChanged, TooManyOpen
from seating.floor.orders import lock_reach, write_changes
from seating.floor.reach import Reach, overlapping
from seating.forecast.period_values import prospect_of
from seating.rescue.rows import (
    OptionStatus,
    host_may_open,
    lapsed_with_hold,
    lock_rescue,
    mark_ended,
    mark_opened,
)
from seating.rescue.taps import (
    LockedOption,
    OptionCommand,
    earlier_answer,
    lock_option,
    record_option_command,
)


class _OptionHold(Struct, frozen=True):
    """The changes that hold an option's tables, and the option with its risk as of now."""

    option: RescueOption
    locked: LockedPeriod | None = None
    changes: Changes = Changes()


async def open_option(
    conn: Connection, venue_id: str, tap: OptionCommand, clock: Clock
) -> OptionStatus:
    """Hold what an option needs for two minutes.

    Raises NotFound, TooManyOpen, RoomChanged, lifecycles.NotPossible, db.LostRaceError.
    """
    staff_id, now = tap.who.staff_id, await clock.now(conn)
    free = await host_may_open(conn, venue_id, staff_id, OPEN_AT_MOST, now=now)
    target = await lock_option(conn, venue_id, tap, clock)
    earlier = await earlier_answer(conn, venue_id, tap, OptionStatus)
    if earlier is not None:
        return earlier
    to, until = target.stepped("open"), target.now + OPEN_FOR
    if not free:
        raise TooManyOpen(message("too-many-options-open", most=OPEN_AT_MOST))
    hold = await _option_hold(conn, venue_id, target)
    was = Changes()
    if hold.locked is not None:
        was = values_before(hold.locked.picture, hold.changes)
        await write_changes(conn, hold.locked, WriteSet(changes=hold.changes))
    await mark_opened(conn, venue_id, hold.option, staff_id, until, now=target.now)
    answer = OptionStatus(option=hold.option, state=to, staff_id=staff_id, until=until)
    await record_option_command(conn, venue_id, target, answer, was=was, after=hold.changes)
    return answer


async def close_option(
    conn: Connection, venue_id: str, tap: OptionCommand, clock: Clock
) -> OptionStatus:
    """Close an option and release its hold. Raises NotFound, lifecycles.NotPossible."""
    target = await lock_option(conn, venue_id, tap, clock)
    earlier = await earlier_answer(conn, venue_id, tap, OptionStatus)
    if earlier is not None:
        return earlier
    to, why = target.stepped("lapse"), tap.command.reason or "the guest did not want it"
    if target.status.state == "opened":
        await _release(conn, venue_id, target.status.option, target.now)
    await mark_ended(conn, venue_id, tap.option_id, to, why, now=target.now)
    answer = replace(target.status, state=to, ended_why=why)
    await record_option_command(conn, venue_id, target, answer)
    return answer


async def release_other_options(
    conn: Connection, venue_id: str, rescue_id: UUID, clock: Clock
) -> None:
    """Release the holds of the other options of a party that took one, before they expire.

    Call it in a transaction of its own: it locks other days' periods, and the one that took the
    option may hold a later one. Raises NotFound.
    """
    await lock_rescue(conn, venue_id, rescue_id)
    for option in await lapsed_with_hold(conn, venue_id, rescue_id):
        await _release(conn, venue_id, option, await clock.now(conn))


async def lock_tonight(
    conn: Connection, in_force: HouseVersion, option: RescueOption, now: datetime
) -> LockedPeriod:
    """Lock tonight's period and those that share the option's tables during the party's turn."""
    until = max(option.ends or now, now + timedelta(minutes=1))
    reach = Reach(tonights_period(in_force, now), overlapping(in_force, (now, until)))
    return await lock_reach(conn, in_force, reach, now)


def room_changed(fact: Obstacle) -> RoomChanged:
    """Return the error that names the fact in the way."""
    return RoomChanged(message("room-changed", fact=fact.said), now=fact)


def tables_taken(locked: LockedPeriod, target: LockedOption) -> RoomChanged:
    """Return the error for an option whose tables are not available any more."""
    option = target.status.option
    left = without_intentions(locked.picture, target.rescue.reservation_id, option.option_id)
    return room_changed(first_obstacle(left, locked.house, option, now=target.now))


async def _release(conn: Connection, venue_id: str, option: RescueOption, now: datetime) -> None:
    """Release an opened option's hold; its tables go to promises without a table first."""
    locked = await _lock_option_period(conn, await house_of(conn, venue_id), option, now)
    released = release_opened(locked.picture, option.option_id) if locked else None
    if locked and released:
        changes = replan(locked.picture, released, locked.house, now=now)
        await write_changes(conn, locked, WriteSet(changes=changes))


async def _option_hold(conn: Connection, venue_id: str, target: LockedOption) -> _OptionHold:
    """Return the hold an option needs; without changes for the waitlist or a neighbour."""
    option, party, staff_id = target.status.option, target.rescue.party, target.tap.who.staff_id
    locked = await _lock_option_period(conn, await house_of(conn, venue_id), option, target.now)
    if locked is None:
        return _OptionHold(option)
    if option.kind in BOOK:
        return await _booking_hold(locked, target)
    changes = open_now(locked.picture, locked.house, party, option, staff_id, now=target.now)
    if changes is None:
        raise tables_taken(locked, target)
    return _OptionHold(option, locked, changes)


async def _booking_hold(locked: LockedPeriod, target: LockedOption) -> _OptionHold:
    """Decide again under the lock: the slot may have been booked since it was listed."""
    party, option, now = target.rescue.party, target.status.option, target.now
    ask = Ask(
        party_size=party.party_size,
        starts=option.starts or now,
        channel="desk",
        needs=party.needs,
    )
    picture, house = locked.picture, locked.house
    async with prospect_of(picture, house, now=now) as prospect:
        answer = decide(picture, ask, house, now=now, quick=True, prospect=prospect)
    if isinstance(answer, No):
        raise room_changed(obstacle("refused", answer.said, at=ask.starts))
    changes = open_later(picture, party, option, answer, target.tap.who.staff_id, now=now)
    return _OptionHold(replace(option, risk=answer.risk), locked, changes)


async def _lock_option_period(
    conn: Connection, in_force: HouseVersion, option: RescueOption, now: datetime
) -> LockedPeriod | None:
    """Lock the period of an option; None for one that needs no hold."""
    if option.kind in SIT_NOW:
        return await lock_tonight(conn, in_force, option, now)
    period = period_for_start(in_force, option.starts or now) if option.kind in BOOK else None
    if period is None:
        return None
    return await lock_period(conn, in_force.house.venue.id, in_force, period, now=now)
