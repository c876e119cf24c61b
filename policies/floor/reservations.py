"""Handlers of commands on reservations: arrival, party size, no-show, tables, approval."""

from datetime import timedelta

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.lifecycles import (
    RESERVATION,
    SEATING,
    SLIP_SECONDS,
    ReservationEvent,
    transition,
)
from policies.book.picture import Promise, ReservationState, Seating, with_fixed_tables
from policies.book.question import Question
from policies.book.refusals import CommandRefused
from policies.booking.engine import decide
from policies.booking.tables import Tables
from policies.floor.orders import Approve, Arrive, Assign, Decline, NoShow, Reopen, Resize, Walk
from policies.floor.stand import Outcome, Stand
from policies.house.calendar import turn_minutes
from policies.house.room import room_of, trouble_with_names
from policies.words.message import CalendarDate, message

EARLIEST_ARRIVAL = timedelta(hours=12)
"""Arrivals and seatings earlier than this before the period opens are refused (assumption)."""

LIVE_STATES: frozenset[ReservationState] = frozenset({"booked", "arrived", "seated"})

OnReservation = Arrive | Resize | NoShow | Reopen | Walk | Assign | Approve | Decline


def arrive(stand: Stand, command: Arrive) -> Outcome:
    """Note how many of a party are here; a no-show may still arrive."""
    promise, undo = advance_begun(stand, command, "arrive")
    here = replace(promise, arrived=command.arrived, arrived_at=promise.arrived_at or stand.now)
    return _change_party_size(stand, here, max(promise.party_size, command.arrived), undo)


def resize(stand: Stand, command: Resize) -> Outcome:
    """Change the party size; if no table fits any more, the promise is exposed."""
    promise, undo = advance_promise(stand, command, "change_party_size")
    return _change_party_size(stand, promise, command.party_size, undo or SLIP_SECONDS)


def no_show(stand: Stand, command: NoShow) -> Outcome:
    """Mark a no-show: its tables are free, the promise stands until the period closes."""
    promise, undo = advance_begun(stand, command, "mark_no_show")
    free = with_fixed_tables(promise, fixed=False)
    gone = replace(free, tables=(), exposed=False, late_at=promise.late_at or stand.now)
    return promise_changed(gone, undo)


def reopen(stand: Stand, command: Reopen) -> Outcome:
    """Reopen a no-show: a table is planned again and its grace starts at now."""
    promise, undo = advance_promise(stand, command, "reopen")
    return promise_changed(replace(_allow_duplicate(stand, promise), late_at=stand.now), undo)


def walk(stand: Stand, command: Walk) -> Outcome:
    """Note that a promised party left because it could not be seated."""
    promise, undo = advance_begun(stand, command, "walk")
    return promise_changed(replace(promise, tables=(), exposed=False), undo)


def advance_begun(
    stand: Stand, command: Arrive | NoShow | Walk, event: ReservationEvent
) -> tuple[Promise, int | None]:
    """As `advance_promise`, for events that cannot happen before the service date."""
    check_begun(stand)
    return advance_promise(stand, command, event)


def check_names(stand: Stand, tables: tuple[str, ...]) -> None:
    """Raise CommandRefused for a table that the house does not have, or named twice."""
    if wrong := trouble_with_names(stand.house, tables):
        raise CommandRefused("INVALID", wrong, "/tables")


def check_begun(stand: Stand) -> None:
    """Raise CommandRefused while the period is further ahead than `EARLIEST_ARRIVAL`."""
    period = stand.picture.period
    if stand.now < period.opens - EARLIEST_ARRIVAL:
        detail = message(
            "period-still-ahead", period=period.name, day=CalendarDate(period.service_date)
        )
        raise CommandRefused("NOT_POSSIBLE_NOW", detail)


def with_party_size(stand: Stand, promise: Promise, size: int) -> Promise:
    """Return the promise for another party size, with its tables if they still fit.

    A smaller party is re-planned unless its tables are fixed.
    """
    promise = _allow_duplicate(stand, promise)
    if size == promise.party_size:
        return promise
    turn = timedelta(minutes=turn_minutes(stand.house, size))
    room = room_of(stand.house)
    table_set = room.table_set(promise.tables) or ()
    serves = room.capacity(table_set) >= size and (promise.fixed or size > promise.party_size)
    return replace(
        with_fixed_tables(promise, fixed=promise.fixed and serves),
        party_size=size,
        ends=promise.starts + turn,
        tables=promise.tables if serves else (),
    )


def promise_changed(promise: Promise, undo_seconds: int | None) -> Outcome:
    """Return the outcome of a command that changed this promise only."""
    changes = Changes(promises=(promise,))
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=undo_seconds)


def advance_promise(
    stand: Stand, command: OnReservation, event: ReservationEvent
) -> tuple[Promise, int | None]:
    """Return the promise after the event, one version on, and the seconds it can be undone."""
    promise = stand.promise(command.reservation_id, command.version)
    taken = transition(RESERVATION, promise.state, event, stand.by)
    return replace(promise, state=taken.to, version=promise.version + 1), taken.undo_seconds


def _change_party_size(stand: Stand, promise: Promise, size: int, undo: int | None) -> Outcome:
    if promise.state != "seated":
        return promise_changed(with_party_size(stand, promise, size), undo)
    more = size - promise.party_size
    changes = Changes(
        promises=(replace(promise, party_size=size),),
        seatings=_resize_seating(stand, promise, more) if more else (),
    )
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _resize_seating(stand: Stand, promise: Promise, more: int) -> tuple[Seating, ...]:
    """Return the reservation's largest seating with its size changed by `more`."""
    ours = [s for s in stand.picture.seatings if s.reservation_id == promise.reservation_id]
    largest = max(ours, key=lambda seating: seating.party_size, default=None)
    if largest is None:
        return ()
    if largest.party_size + more < 1:
        raise CommandRefused("INVALID", message("clear-a-table-first"), "/party_size")
    to = transition(SEATING, largest.state, "change_party_size", stand.by).to
    size = largest.party_size + more
    return (replace(largest, state=to, party_size=size, version=largest.version + 1),)


def _allow_duplicate(stand: Stand, promise: Promise) -> Promise:
    """Return the promise with `duplicate_allowed` if its guest has another live reservation."""
    other = any(
        each.guest_id == promise.guest_id
        and each.reservation_id != promise.reservation_id
        and each.state in LIVE_STATES
        for each in stand.picture.promises
        if promise.guest_id is not None
    )
    return replace(promise, duplicate_allowed=promise.duplicate_allowed or other)


def assign(stand: Stand, command: Assign) -> Outcome:
    """Plan certain tables for a party, moving others in the plan where that is possible.

    With a reason also in another area than the guest wished, which is no longer asked for then.
    """
    promise, undo = advance_promise(stand, command, "move_table")
    if promise.state == "seated":
        raise CommandRefused("NOT_POSSIBLE_NOW", message("party-sits-already"))
    check_names(stand, command.tables)
    if _in_another_area(stand, promise, command.tables):
        if command.reason is None:
            said = message("tables-in-other-area", tables=command.tables)
            raise CommandRefused("NOT_POSSIBLE_NOW", said, "/reason")
        promise = replace(promise, needs=replace(promise.needs, area=None))
    answer = _ask_for_tables(stand, promise, command.tables)
    if isinstance(answer, No):
        raise CommandRefused("INVALID", answer.said, "/tables")
    assigned = replace(
        with_fixed_tables(promise, fixed=command.fixed),
        tables=answer.tables,
        kind="physical",
        overruled=False,
        exposed=False,
    )
    changes = with_plan_moves(stand.picture, answer.moved, Changes(promises=(assigned,)))
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def approve(stand: Stand, command: Approve) -> Outcome:
    """Approve a request: planned if the engine says yes, else overbooked, which takes a reason."""
    promise, _ = advance_promise(stand, command, "approve")
    check_names(stand, command.tables or ())
    answer = _decide(stand, promise, command.tables or ())
    if isinstance(answer, Yes):
        booked = replace(
            with_fixed_tables(_allow_duplicate(stand, promise), fixed=bool(command.tables)),
            tables=answer.tables,
            kind=answer.kind,
            risk=answer.risk,
        )
        changes = with_plan_moves(stand.picture, answer.moved, Changes(promises=(booked,)))
    elif command.reason is None:
        said = message("with-a-reason-all-the-same", refusal=answer.said)
        raise CommandRefused("NOT_POSSIBLE_NOW", said, "/reason")
    else:
        overbooked = replace(promise, kind="overbooked", overruled=True, duplicate_allowed=True)
        changes = Changes(promises=(overbooked,))
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=None)


def decline(stand: Stand, command: Decline) -> Outcome:
    """Decline a request."""
    promise, undo = advance_promise(stand, command, "decline")
    changes = Changes(promises=(promise,))
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _in_another_area(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> bool:
    wished = promise.needs.area
    named = [table for table in stand.house.tables if table.id in tables]
    return wished is not None and any(table.area != wished for table in named)


def _ask_for_tables(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    """Return whether the tables are free in the plan; booking rules are not asked again."""
    remaining = without_intentions(stand.picture, promise.reservation_id, None)
    question = Question(
        picture=remaining, ask=_ask(promise, tables), house=stand.house, now=stand.now
    )
    return Tables(remaining, stand.house, stand.now).answer(question)


def _decide(stand: Stand, promise: Promise, tables: tuple[str, ...]) -> Answer:
    return decide(
        stand.picture,
        _ask(promise, tables),
        stand.house,
        now=min(stand.now, promise.starts),
        without=promise.reservation_id,
        quick=True,
    )


def _ask(promise: Promise, tables: tuple[str, ...]) -> Ask:
    return Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel="desk",
        needs=promise.needs,
        guest_id=promise.guest_id,
        guest_name=promise.name,
        tables=tables,
    )
