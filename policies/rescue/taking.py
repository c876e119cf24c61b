"""Opening a rescue option and taking it: what it changes in the room. Pure."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Yes
from policies.book.changes import Changes, leave_out, merged, with_moves
from policies.book.picture import Picture, Promise, SlotHold, SlotHoldState
from policies.door.exposure import placed
from policies.floor.commands import check_open
from policies.floor.orders import Seat, Wait, Walk
from policies.floor.reservations import walk
from policies.floor.seatings import seat
from policies.floor.stand import Done, Stand
from policies.floor.waitlist import wait
from policies.house.calendar import turn_minutes
from policies.house.house import House
from policies.plan.replanning import settled
from policies.rescue.option import OPEN_MINUTES, RescueOption, Turned

OPEN_FOR = timedelta(minutes=OPEN_MINUTES)


def moved_by(
    picture: Picture, house: House, party: Turned, option: RescueOption, *, now: datetime
) -> dict[UUID, tuple[str, ...]] | None:
    """Return whom it moves to keep the option's tables from now on, None if that cannot be.

    The held table it would be granted is no hindrance, nor is a promise to the party itself of
    those very tables.
    """
    own = _own(picture, party, option)
    without = own.reservation_id if own else None
    left = leave_out(picture, without, option.option_id, option.held_id)
    until = _until(option, own, now)
    if until <= now:
        return None
    return placed(left, house, party.party_size, option.tables, until, now=now)


def kept_now(
    picture: Picture,
    house: House,
    party: Turned,
    option: RescueOption,
    staff_id: str,
    *,
    now: datetime,
) -> Changes | None:
    """Return the changes that keep the option's tables for two minutes, None if they are gone."""
    moved, own = moved_by(picture, house, party, option, now=now), _own(picture, party, option)
    if moved is None:
        return None
    hold = SlotHold(
        slot_hold_id=option.option_id,
        period_id=picture.period.period_id,
        state="held",
        party_size=party.party_size,
        starts=now,
        ends=_until(option, own, now),
        expires_at=now + OPEN_FOR,
        staff_id=staff_id,
        needs=party.needs if option.kind != "area" else replace(party.needs, area=None),
        tables=option.tables,
        fixed=True,
        held_id=option.held_id,
        reservation_id=own.reservation_id if own else None,
    )
    changes = with_moves(picture, moved, Changes(slot_holds=(hold,)))
    return merged(changes, _in_its_place(picture, hold))


def kept_later(
    picture: Picture, party: Turned, option: RescueOption, yes: Yes, staff_id: str, *, now: datetime
) -> Changes:
    """Return the changes that keep a place at another time for two minutes."""
    hold = SlotHold(
        slot_hold_id=option.option_id,
        period_id=picture.period.period_id,
        state="held",
        party_size=party.party_size,
        starts=yes.starts,
        ends=yes.ends,
        expires_at=now + OPEN_FOR,
        staff_id=staff_id,
        needs=party.needs,
        kind=yes.kind,
        risk=yes.risk,
        tables=yes.tables,
    )
    return with_moves(picture, yes.moved, Changes(slot_holds=(hold,)))


def seated(stand: Stand, party: Turned, option: RescueOption, order: Seat) -> Done:
    """Return what seating the party changes: as any seating, and what was kept is used up.

    Raises Impossible, NotPossible.
    """
    check_open(stand)
    usual = stand.now + timedelta(minutes=turn_minutes(stand.house, party.party_size))
    held = {each.held_id for each in stand.picture.held if each.state == "held"}
    granted = option.held_id if option.held_id in held else None
    short = option.ends if option.ends and option.ends < usual else None
    done = seat(stand, replace(order, tables=option.tables, held_id=granted, until=short))
    return _with_plan(stand, done, option)


def waiting(stand: Stand, option: RescueOption, order: Wait) -> Done:
    """Return what putting the party on the waitlist changes. Raises Impossible."""
    check_open(stand)
    quoted = replace(order, quoted_minutes=option.wait_minutes)
    return _with_plan(stand, wait(stand, quoted), option)


def sent_on(stand: Stand, order: Walk) -> Done:
    """Return what changes when a promised party goes elsewhere. Raises Impossible, NotPossible."""
    check_open(stand)
    version = stand.promise(order.reservation_id).version
    done = walk(stand, replace(order, version=version))
    changes = settled(stand.picture, done.changes, stand.house, now=stand.now)
    return replace(done, changes=changes)


def given_back(picture: Picture, option_id: UUID) -> Changes:
    """Return the changes that end what was kept for an option."""
    return Changes(slot_holds=_ended(picture, option_id, "given_back"))


def _own(picture: Picture, party: Turned, option: RescueOption) -> Promise | None:
    """The party's own promise where the option is of the tables meant for it."""
    for promise in picture.promises:
        if promise.reservation_id == party.reservation_id:
            return promise if set(promise.tables) & set(option.tables) else None
    return None


def _until(option: RescueOption, own: Promise | None, now: datetime) -> datetime:
    """Until when the tables are kept: as long as the promise needs them, were it not taken."""
    return max(option.ends or now, own.ends if own else now)


def _with_plan(stand: Stand, done: Done, option: RescueOption) -> Done:
    spent = Changes(slot_holds=_ended(stand.picture, option.option_id, "confirmed"))
    changes = settled(stand.picture, merged(spent, done.changes), stand.house, now=stand.now)
    return replace(done, changes=changes)


def _ended(picture: Picture, option_id: UUID, state: SlotHoldState) -> tuple[SlotHold, ...]:
    return tuple(
        replace(hold, state=state, tables=())
        for hold in picture.slot_holds
        if hold.slot_hold_id == option_id and hold.state == "held"
    )


def _in_its_place(picture: Picture, hold: SlotHold) -> Changes:
    """The held table or the promise the hold stands for has no plan of its own meanwhile."""
    return Changes(
        held=tuple(
            replace(each, tables=()) for each in picture.held if each.held_id == hold.held_id
        ),
        promises=tuple(
            replace(each, tables=())
            for each in picture.promises
            if each.reservation_id == hold.reservation_id
        ),
    )
