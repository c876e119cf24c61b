"""Taking a rescue option: one transaction seats, books, lists or refers the party."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.changes import Changes, values_before
from policies.book.picture import Picture
from policies.book.refusals import CommandRefused
from policies.floor.orders import Command, Seat, Wait, Walk
from policies.floor.stand import Outcome, Stand
from policies.floor.warnings import consequences, unasked
from policies.house.rules import RescueKind
from policies.rescue.facts import obstacle
from policies.rescue.option import BOOK, SIT_NOW
from policies.rescue.orders import TakeOption
from policies.rescue.taking import join_waitlist, moves_to_open, seat_party, send_to_neighbour
from policies.words.message import message
from seating.book.guests import Contact, local_e164
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, tonights_period
from seating.book.reservations import Booker, Reservation
from seating.book.write import WriteSet
from seating.booking import making
from seating.booking.making import create_reservation
from seating.clock import Clock
from seating.db import Connection
from seating.door.answering import Touched
from seating.errors import NotPossibleNow, OptionLapsed
from seating.floor.answers import CommandResult, command_result, error_of, touched_by
from seating.floor.orders import lock_reach, stand_of, write_changes
from seating.floor.reach import Reach, reach_of
from seating.rescue.cases import close_case_by_rescue
from seating.rescue.opening import lock_tonight, room_changed, tables_taken
from seating.rescue.rows import OptionStatus, mark_ended
from seating.rescue.taps import (
    LockedOption,
    OptionCommand,
    earlier_answer,
    lock_option,
    record_option_command,
)
from seating.turnaways.log import LoggedRefusal, mark_recovered
from seating.turnaways.playbook import record_rescue_answer

GUEST_CODES = frozenset({"DUPLICATE", "GUEST_LIMIT"})


class RescueOutcome(Struct, frozen=True, kw_only=True):
    """The result of taking an option; `result`: what changed, where the party was seated or listed.

    `undo_until`: until when an Undo of `action_id` is possible; None if not at all.
    """

    action_id: UUID
    option_id: UUID
    kind: RescueKind
    result: CommandResult | None = None
    reservation: Reservation | None = None
    undo_until: datetime | None = None


class _Effect(Struct, frozen=True, kw_only=True):
    """What was done for the party: the answer's parts, and the changes to record."""

    result: CommandResult | None = None
    reservation: Reservation | None = None
    was: Changes = Changes()
    after: Changes = Changes()
    undo_until: datetime | None = None


def touched_by_rescue(taken: RescueOutcome) -> Touched:
    """Return what taking an option changed, for the answer to the tablet."""
    undo_until, made = taken.undo_until, taken.reservation
    if taken.result is not None:
        done = touched_by(taken.result)
        return replace(done, action_id=taken.action_id, undo_until=undo_until)
    return Touched(
        action_id=taken.action_id,
        period_id=made.period_id if made else None,
        reservations=(made.reservation_id,) if made else (),
        undo_until=undo_until,
    )


async def take_option(
    conn: Connection, venue_id: str, tap: OptionCommand, command: TakeOption, clock: Clock
) -> RescueOutcome:
    """Carry out an option and mark its party recovered.

    Raises NotFound, OptionLapsed, RoomChanged, Invalid, NotPossibleNow, lifecycles.NotPossible,
    db.LostRaceError.
    """
    target = await lock_option(conn, venue_id, tap, clock)
    earlier = await earlier_answer(conn, venue_id, tap, RescueOutcome)
    if earlier is not None:
        return earlier
    if target.status.state == "lapsed":
        raise OptionLapsed(message("option-lapsed"))
    target.stepped("take")
    for other in target.others:
        if other.state == "taken":
            raise NotPossibleNow(message("party-helped-already"))
    effect = await _carry_out(conn, venue_id, target, command, clock)
    await _mark_rescued(conn, venue_id, target)
    kind = target.status.option.kind
    taken = RescueOutcome(
        action_id=command.id,
        option_id=tap.option_id,
        kind=kind,
        result=effect.result,
        reservation=effect.reservation,
        undo_until=effect.undo_until,
    )
    await record_option_command(
        conn, venue_id, target, taken, was=effect.was, after=effect.after, why=kind
    )
    return taken


async def _carry_out(
    conn: Connection, venue_id: str, target: LockedOption, command: TakeOption, clock: Clock
) -> _Effect:
    kind = target.status.option.kind
    if kind in SIT_NOW:
        return await _seat(conn, venue_id, target, command)
    if kind in BOOK:
        return await _book(conn, venue_id, target, command, clock)
    if kind == "wait":
        return await _wait(conn, venue_id, target, command)
    if target.rescue.reservation_id is not None:
        return await _refer(conn, venue_id, target, command, target.rescue.reservation_id)
    return _Effect()


async def _refer(
    conn: Connection, venue_id: str, target: LockedOption, command: TakeOption, reservation_id: UUID
) -> _Effect:
    """Refer a party with a reservation to a neighbour: its reservation becomes `walked`."""
    floor_command = Walk(
        id=command.id, reason=command.reason, reservation_id=reservation_id, version=1
    )
    in_force = await house_of(conn, venue_id)
    locked = await lock_reach(
        conn, in_force, await reach_of(conn, in_force, floor_command, target.now), target.now
    )
    return await _apply(
        conn, locked, target, floor_command, lambda stand: send_to_neighbour(stand, floor_command)
    )


async def _seat(
    conn: Connection, venue_id: str, target: LockedOption, command: TakeOption
) -> _Effect:
    option, rescue, now = target.status.option, target.rescue, target.now
    locked = await lock_tonight(conn, await house_of(conn, venue_id), option, now)
    picture, house, party = locked.picture, locked.house, rescue.party
    held = _still_held(picture, target.status)
    if not held and moves_to_open(picture, house, party, option, now=now) is None:
        raise tables_taken(locked, target)
    floor_command = Seat(
        id=command.id,
        reason=command.reason,
        tables=option.tables,
        reservation_id=rescue.reservation_id,
        party_size=rescue.party_size,
        name=command.name or rescue.name,
    )
    return await _apply(
        conn,
        locked,
        target,
        floor_command,
        lambda stand: seat_party(stand, party, option, floor_command),
    )


async def _wait(
    conn: Connection, venue_id: str, target: LockedOption, command: TakeOption
) -> _Effect:
    in_force, option, rescue = await house_of(conn, venue_id), target.status.option, target.rescue
    locked = await lock_reach(
        conn, in_force, Reach(tonights_period(in_force, target.now)), target.now
    )
    floor_command = Wait(
        id=command.id,
        reason=command.reason,
        party_size=rescue.party_size,
        name=command.name or rescue.name,
        phone=command.phone or rescue.phone or "",
        needs=rescue.needs,
    )
    return await _apply(
        conn,
        locked,
        target,
        floor_command,
        lambda stand: join_waitlist(stand, option, floor_command),
    )


async def _book(
    conn: Connection, venue_id: str, target: LockedOption, command: TakeOption, clock: Clock
) -> _Effect:
    option, rescue, who = target.status.option, target.rescue, target.tap.who
    number = command.phone or rescue.phone
    phone = await local_e164(conn, venue_id, number, pointer="/phone")
    request = making.BookingRequest(
        reservation_id=command.id,
        party_size=rescue.party_size,
        starts=option.starts or target.now,
        guest=Contact(name=command.name or rescue.name or "Guest", phone=phone),
        needs=rescue.needs,
        accepted_house_rules=command.accepted_house_rules,
        slot_hold_id=option.option_id if target.status.state == "opened" else None,
    )
    booker = Booker(channel="desk", actor=who.actor, staff_id=who.staff_id)
    booked = await create_reservation(conn, venue_id, request, booker, clock)
    if not isinstance(booked, LoggedRefusal):
        return _Effect(reservation=booked.reservation)
    if booked.no.code in GUEST_CODES:
        raise NotPossibleNow(booked.no.said, pointer="/phone")
    raise room_changed(obstacle("refused", booked.no.said, at=option.starts))


async def _apply(
    conn: Connection,
    locked: LockedPeriod,
    target: LockedOption,
    command: Command,
    decide: Callable[[Stand], Outcome],
) -> _Effect:
    try:
        done = decide(stand_of(locked, target.tap.who))
    except CommandRefused as problem:
        raise await error_of(conn, locked.venue_id, command, problem) from None
    after = await write_changes(conn, locked, WriteSet(changes=done.changes))
    until = locked.now + timedelta(seconds=done.undo_seconds) if done.undo_seconds else None
    by = target.tap.who.staff_id
    told = unasked(consequences(locked.picture, done.changes, locked.house, now=locked.now, by=by))
    return _Effect(
        result=command_result(command.id, locked.picture, after, done.changes, told, until),
        was=values_before(locked.picture, done.changes),
        after=done.changes,
        undo_until=until,
    )


async def _mark_rescued(conn: Connection, venue_id: str, target: LockedOption) -> None:
    """Mark the option taken, the case closed, the turnaway recovered and other options lapsed."""
    tap, now, option = target.tap, target.now, target.status.option
    await mark_ended(
        conn,
        venue_id,
        option.option_id,
        "taken",
        tap.command.reason or "",
        now=now,
        result_id=tap.command.id,
        staff_id=tap.who.staff_id,
    )
    if target.rescue.reservation_id is not None:
        party, note = target.rescue.reservation_id, tap.command.reason or ""
        await close_case_by_rescue(conn, venue_id, party, option.kind, note, tap.who, now=now)
    turnaway_id = target.rescue.turnaway_id
    if turnaway_id is not None:
        how, by = option.kind, tap.command.id
        if how != "partner":
            await mark_recovered(conn, venue_id, turnaway_id, how, by, now=now)
        await record_rescue_answer(conn, venue_id, turnaway_id, how, by, tap.who.staff_id, now=now)
    for other in target.others:
        if other.state == "opened":
            other_id = other.option.option_id
            await mark_ended(conn, venue_id, other_id, "lapsed", "another was taken", now=now)


def _still_held(picture: Picture, status: OptionStatus) -> bool:
    return any(
        hold.slot_hold_id == status.option.option_id
        and hold.state == "held"
        and hold.tables == status.option.tables
        for hold in picture.slot_holds
    )
