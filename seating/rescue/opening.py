"""Opening a rescue option: its tables are kept for two minutes while the guest decides."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import Changes, before, leave_out
from policies.booking.engine import decide
from policies.plan.replanning import settled
from policies.rescue.facts import Fact, fact_of
from policies.rescue.option import BOOK, OPEN_AT_MOST, SIT_NOW, RescueOption
from policies.rescue.taking import OPEN_FOR, given_back, kept_later, kept_now
from seating.book.asked import period_asked
from seating.book.in_force import Known, house_of
from seating.book.periods import Opened, locked, tonights
from seating.book.write import Written
from seating.clock import Clock
from seating.db import Connection
from seating.errors import RoomChanged, TooManyOpen
from seating.floor.orders import open_reach, write_in
from seating.floor.reach import Reach, overlapping
from seating.forecast.period_values import prospect_of
from seating.rescue.rows import (
    Kept,
    host_may_open,
    kept_in_vain,
    lock_rescue,
    mark_ended,
    mark_opened,
)
from seating.rescue.taps import Met, Tap, answered_before, met, put_on_record


class _Keeping(Struct, frozen=True):
    """What has to be written to keep an option, and the option as it is then."""

    option: RescueOption
    opened: Opened | None = None
    changes: Changes = Changes()


async def open_option(conn: Connection, venue_id: str, tap: Tap, clock: Clock) -> Kept:
    """Keep what an option needs for two minutes.

    Raises NotFound, TooManyOpen, RoomChanged, lifecycles.NotPossible, db.LostRaceError.
    """
    staff_id, now = tap.who.staff_id, await clock.now(conn)
    free = await host_may_open(conn, venue_id, staff_id, OPEN_AT_MOST, now=now)
    found = await met(conn, venue_id, tap, clock)
    earlier = await answered_before(conn, venue_id, tap, Kept)
    if earlier is not None:
        return earlier
    to, until = found.stepped("open"), found.now + OPEN_FOR
    if not free:
        told = f"you keep {OPEN_AT_MOST} options open already; take one or let one go"
        raise TooManyOpen(told)
    keeping = await _keeping(conn, venue_id, found)
    was = Changes()
    if keeping.opened is not None:
        was = before(keeping.opened.picture, keeping.changes)
        await write_in(conn, keeping.opened, Written(changes=keeping.changes))
    await mark_opened(conn, venue_id, keeping.option, staff_id, until, now=found.now)
    answer = Kept(option=keeping.option, state=to, staff_id=staff_id, until=until)
    await put_on_record(conn, venue_id, found, answer, was=was, after=keeping.changes)
    return answer


async def close_option(conn: Connection, venue_id: str, tap: Tap, clock: Clock) -> Kept:
    """Let an option go: what was kept is free again. Raises NotFound, lifecycles.NotPossible."""
    found = await met(conn, venue_id, tap, clock)
    earlier = await answered_before(conn, venue_id, tap, Kept)
    if earlier is not None:
        return earlier
    to, why = found.stepped("lapse"), tap.order.reason or "the guest did not want it"
    if found.kept.state == "opened":
        await _let_go(conn, venue_id, found.kept.option, found.now)
    await mark_ended(conn, venue_id, tap.option_id, to, why, now=found.now)
    answer = replace(found.kept, state=to, ended_why=why)
    await put_on_record(conn, venue_id, found, answer)
    return answer


async def let_go_of_the_rest(
    conn: Connection, venue_id: str, rescue_id: UUID, clock: Clock
) -> None:
    """Free what the other options of a party that took one keep, before their two minutes end.

    In a transaction of its own: other days are locked in their order. Raises NotFound.
    """
    await lock_rescue(conn, venue_id, rescue_id)
    for option in await kept_in_vain(conn, venue_id, rescue_id):
        await _let_go(conn, venue_id, option, await clock.now(conn))


async def open_now(conn: Connection, known: Known, option: RescueOption, now: datetime) -> Opened:
    """Lock tonight and whatever else shares the option's tables while the party sits there."""
    until = max(option.ends or now, now + timedelta(minutes=1))
    reach = Reach(tonights(known, now), overlapping(known, (now, until)))
    return await open_reach(conn, known, reach, now)


def changed(fact: Fact) -> RoomChanged:
    """Return the refusal that names what is in the way."""
    return RoomChanged(f"the room has changed: {fact.detail}", now=fact)


def in_the_way(opened: Opened, found: Met) -> RoomChanged:
    """Return the refusal of an option whose tables are not to be had any more."""
    option = found.kept.option
    left = leave_out(opened.picture, found.rescue.reservation_id, option.option_id)
    return changed(fact_of(left, opened.house, option, now=found.now))


async def _let_go(conn: Connection, venue_id: str, option: RescueOption, now: datetime) -> None:
    """Free at once what an opened option keeps; promises without a table come first."""
    opened = await _opened(conn, await house_of(conn, venue_id), option, now)
    gone = given_back(opened.picture, option.option_id) if opened else None
    if opened and gone:
        changes = settled(opened.picture, gone, opened.house, now=now)
        await write_in(conn, opened, Written(changes=changes))


async def _keeping(conn: Connection, venue_id: str, found: Met) -> _Keeping:
    """What it takes to keep the option; nothing for a wait or a neighbour."""
    option, party, staff_id = found.kept.option, found.rescue.party, found.tap.who.staff_id
    opened = await _opened(conn, await house_of(conn, venue_id), option, found.now)
    if opened is None:
        return _Keeping(option)
    if option.kind in BOOK:
        return await _later(opened, found)
    changes = kept_now(opened.picture, opened.house, party, option, staff_id, now=found.now)
    if changes is None:
        raise in_the_way(opened, found)
    return _Keeping(option, opened, changes)


async def _later(opened: Opened, found: Met) -> _Keeping:
    """Ask the engine again under the lock: somebody may have booked it since."""
    party, option, now = found.rescue.party, found.kept.option, found.now
    ask = Ask(
        party_size=party.party_size,
        starts=option.starts or now,
        channel="desk",
        needs=party.needs,
    )
    picture, house = opened.picture, opened.house
    async with prospect_of(picture, house, now=now) as known:
        answer = decide(picture, ask, house, now=now, quick=True, known=known)
    if isinstance(answer, No):
        raise changed(Fact(kind="refused", detail=answer.detail, at=ask.starts))
    changes = kept_later(picture, party, option, answer, found.tap.who.staff_id, now=now)
    return _Keeping(replace(option, risk=answer.risk), opened, changes)


async def _opened(
    conn: Connection, known: Known, option: RescueOption, now: datetime
) -> Opened | None:
    """Lock what an option is about, None for one that keeps nothing."""
    if option.kind in SIT_NOW:
        return await open_now(conn, known, option, now)
    period = period_asked(known, option.starts or now) if option.kind in BOOK else None
    if period is None:
        return None
    return await locked(conn, known.house.venue.id, known, period, now=now)
