"""Opening a rescue option and taking it: what it changes in the room. Pure."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.booking import leave_out
from policies.calendar import turn_minutes
from policies.changes import Changes, merged, with_moves
from policies.commands import check_open
from policies.door import placed
from policies.evening import wait
from policies.floor import seat
from policies.house import House
from policies.orders import Seat, Wait
from policies.rescue_terms import OPEN_MINUTES, RescueOption, Turned
from policies.settling import settled
from policies.stand import Done, Stand
from policies.terms import Picture, SlotHold, Yes

OPEN_FOR = timedelta(minutes=OPEN_MINUTES)


def moved_by(
    picture: Picture, house: House, party: Turned, option: RescueOption, *, now: datetime
) -> dict[UUID, tuple[str, ...]] | None:
    """Return whom it moves to keep the option's tables from now on, None if that cannot be.

    The party's own promise and the held table it would be granted are no hindrance.
    """
    left = leave_out(picture, party.reservation_id, option.option_id, option.held_id)
    until = option.ends or now
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
    moved = moved_by(picture, house, party, option, now=now)
    if moved is None:
        return None
    hold = SlotHold(
        slot_hold_id=option.option_id,
        period_id=picture.period.period_id,
        state="held",
        party_size=party.party_size,
        starts=now,
        ends=option.ends or now,
        expires_at=now + OPEN_FOR,
        staff_id=staff_id,
        needs=party.needs if option.kind != "area" else replace(party.needs, area=None),
        tables=option.tables,
        fixed=True,
        held_id=option.held_id,
        reservation_id=party.reservation_id,
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


def given_back(picture: Picture, option_id: UUID) -> Changes:
    """Return the changes that end what was kept for an option."""
    return Changes(slot_holds=_ended(picture, option_id, "given_back"))


def _with_plan(stand: Stand, done: Done, option: RescueOption) -> Done:
    spent = Changes(slot_holds=_ended(stand.picture, option.option_id, "confirmed"))
    changes = settled(stand.picture, merged(spent, done.changes), stand.house, now=stand.now)
    return replace(done, changes=changes)


def _ended(picture: Picture, option_id: UUID, state: str) -> tuple[SlotHold, ...]:
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
