"""The changes of opening a rescue option, taking it, or closing it.

An open option is a slot hold with fixed tables that expires after `OPEN_MINUTES`.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Yes
from policies.book.changes import Changes, merge_changes, with_plan_moves, without_intentions
from policies.book.picture import Picture, Promise, SlotHold, SlotHoldState
from policies.door.exposure import moves_to_seat
from policies.floor.commands import check_open
from policies.floor.orders import Seat, Wait, Walk
from policies.floor.reservations import walk
from policies.floor.seatings import seat, usual_end
from policies.floor.stand import Outcome, Stand
from policies.floor.waitlist import wait
from policies.house.house import House
from policies.plan.replanning import replan
from policies.rescue.option import OPEN_MINUTES, RescueOption, RescueParty

OPEN_FOR = timedelta(minutes=OPEN_MINUTES)


def moves_to_open(
    picture: Picture, house: House, party: RescueParty, option: RescueOption, *, now: datetime
) -> dict[UUID, tuple[str, ...]] | None:
    """Return the moves that free the option's tables from now on, None if they cannot be freed.

    The held table it grants, and the party's own promise of the same tables, are left out of the
    plan.
    """
    own = _own_promise(picture, party, option)
    without = own.reservation_id if own else None
    remaining = without_intentions(picture, without, option.option_id, option.held_id)
    until = _keep_until(option, own, now)
    if until <= now:
        return None
    return moves_to_seat(remaining, house, party.party_size, option.tables, until, now=now)


def open_now(
    picture: Picture,
    house: House,
    party: RescueParty,
    option: RescueOption,
    staff_id: str,
    *,
    now: datetime,
) -> Changes | None:
    """Return the changes that open an option for now, None if its tables are gone."""
    moved = moves_to_open(picture, house, party, option, now=now)
    own = _own_promise(picture, party, option)
    if moved is None:
        return None
    hold = SlotHold(
        slot_hold_id=option.option_id,
        period_id=picture.period.period_id,
        state="held",
        party_size=party.party_size,
        starts=now,
        ends=_keep_until(option, own, now),
        expires_at=now + OPEN_FOR,
        staff_id=staff_id,
        needs=party.needs if option.kind != "area" else replace(party.needs, area=None),
        tables=option.tables,
        fixed=True,
        held_id=option.held_id,
        reservation_id=own.reservation_id if own else None,
    )
    changes = with_plan_moves(picture, moved, Changes(slot_holds=(hold,)))
    return merge_changes(changes, _without_plan(picture, hold))


def open_later(
    picture: Picture,
    party: RescueParty,
    option: RescueOption,
    yes: Yes,
    staff_id: str,
    *,
    now: datetime,
) -> Changes:
    """Return the changes that open an option for another time."""
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
    return with_plan_moves(picture, yes.moved, Changes(slot_holds=(hold,)))


def seat_party(stand: Stand, party: RescueParty, option: RescueOption, command: Seat) -> Outcome:
    """Return the outcome of seating the party at the option's tables, its hold confirmed.

    Raises CommandRefused, NotPossible.
    """
    check_open(stand)
    promise = next(
        (each for each in stand.picture.promises if each.reservation_id == party.reservation_id),
        None,
    )
    usual = usual_end(stand, promise, party.party_size, option.tables)
    held = {each.held_id for each in stand.picture.held if each.state == "held"}
    granted = option.held_id if option.held_id in held else None
    short = option.ends if option.ends and option.ends < usual else None
    done = seat(stand, replace(command, tables=option.tables, held_id=granted, until=short))
    return _with_plan(stand, done, option)


def join_waitlist(stand: Stand, option: RescueOption, command: Wait) -> Outcome:
    """Return the outcome of putting the party on the waitlist. Raises CommandRefused."""
    check_open(stand)
    quoted = replace(command, quoted_minutes=option.wait_minutes)
    return _with_plan(stand, wait(stand, quoted), option)


def send_to_neighbour(stand: Stand, command: Walk) -> Outcome:
    """Return the outcome of a promised party going to a neighbour: its promise is walked.

    Raises CommandRefused, NotPossible.
    """
    check_open(stand)
    version = stand.promise(command.reservation_id).version
    done = walk(stand, replace(command, version=version))
    changes = replan(stand.picture, done.changes, stand.house, now=stand.now, by=stand.who)
    return replace(done, changes=changes)


def release_opened(picture: Picture, option_id: UUID) -> Changes:
    """Return the changes that close an option."""
    return Changes(slot_holds=_end_hold(picture, option_id, "given_back"))


def _own_promise(picture: Picture, party: RescueParty, option: RescueOption) -> Promise | None:
    """Return the party's own promise if the option uses its planned tables."""
    for promise in picture.promises:
        if promise.reservation_id == party.reservation_id:
            return promise if set(promise.tables) & set(option.tables) else None
    return None


def _keep_until(option: RescueOption, own: Promise | None, now: datetime) -> datetime:
    """Return the later of the option's end and the own promise's: it may not be taken after all."""
    return max(option.ends or now, own.ends if own else now)


def _with_plan(stand: Stand, done: Outcome, option: RescueOption) -> Outcome:
    spent = Changes(slot_holds=_end_hold(stand.picture, option.option_id, "confirmed"))
    asked = merge_changes(spent, done.changes)
    changes = replan(stand.picture, asked, stand.house, now=stand.now, by=stand.who)
    return replace(done, changes=changes)


def _end_hold(picture: Picture, option_id: UUID, state: SlotHoldState) -> tuple[SlotHold, ...]:
    return tuple(
        replace(hold, state=state, tables=())
        for hold in picture.slot_holds
        if hold.slot_hold_id == option_id and hold.state == "held"
    )


def _without_plan(picture: Picture, hold: SlotHold) -> Changes:
    """Return the held table and the promise that the hold replaces, without planned tables."""
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
