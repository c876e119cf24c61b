"""Handlers of commands on reservations: arrival, party size, no-show, tables, approval."""

from datetime import timedelta
from uuid import UUID

from msgspec.structs import replace

from policies.book.answers import Answer, Ask, No, Yes
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.consequences import OrderWarning
from policies.book.lifecycles import (
    RESERVATION,
    SEATING,
    SLIP_SECONDS,
    ReservationEvent,
    transition,
)
from policies.book.picture import (
    Promise,
    ReservationState,
    Seating,
    expected_at,
    is_kept_in_place,
    minutes_since_start,
    with_fixed_tables,
    without_tables,
)
from policies.book.question import Question
from policies.book.refusals import CommandRefused
from policies.booking.engine import decide
from policies.booking.named_tables import give_named, has_tables, in_the_way, not_given
from policies.booking.tables import Tables
from policies.floor.orders import (
    Approve,
    Arrive,
    Assign,
    Call,
    Decline,
    NoShow,
    Pin,
    Reconfirm,
    Reopen,
    Resize,
    TellLate,
    Unplan,
    Walk,
)
from policies.floor.placements import other_area
from policies.floor.stand import Outcome, Stand
from policies.house.calendar import turn_minutes
from policies.house.room import room_of, trouble_with_names
from policies.house.wording import clock, party_message
from policies.words.message import CalendarDate, Message, message

EARLIEST_ARRIVAL = timedelta(hours=12)
"""Arrivals and seatings earlier than this before the period opens are refused (assumption)."""

LIVE_STATES: frozenset[ReservationState] = frozenset({"booked", "arrived", "seated"})

OnReservation = (
    Arrive | Resize | NoShow | Reopen | Walk | Assign | Approve | Decline | Reconfirm | TellLate
    | Call | Pin | Unplan
)  # fmt: skip


def arrive(stand: Stand, command: Arrive) -> Outcome:
    """Note how many of a party are here; a no-show may still arrive, a called one be back."""
    promise, undo = advance_begun(stand, command, "arrive")
    promise = _at_its_tables(stand, promise)
    if promise.state != "seated":
        promise = replace(promise, called_at=None, called_by=None, coming_at=None)
    here = replace(promise, arrived=command.arrived, arrived_at=promise.arrived_at or stand.now)
    return _change_party_size(stand, here, max(promise.party_size, command.arrived), undo)


def resize(stand: Stand, command: Resize) -> Outcome:
    """Change the party size; if no table fits any more, the promise is exposed."""
    promise, undo = advance_promise(stand, command, "change_party_size")
    return _change_party_size(stand, promise, command.party_size, undo or SLIP_SECONDS)


def no_show(stand: Stand, command: NoShow) -> Outcome:
    """Mark a no-show: its tables are free, the promise stands until the period closes."""
    promise, undo = advance_begun(stand, command, "mark_no_show")
    gone = without_tables(promise)
    return promise_changed(replace(gone, late_at=promise.late_at or stand.now), undo)


def reopen(stand: Stand, command: Reopen) -> Outcome:
    """Reopen a no-show: a table is planned again, the one it had if free; its grace is new."""
    promise, undo = advance_promise(stand, command, "reopen")
    promise = _at_its_tables(stand, _allow_duplicate(stand, promise))
    return promise_changed(replace(promise, late_at=stand.now), undo)


def walk(stand: Stand, command: Walk) -> Outcome:
    """Note that a promised party left because it could not be seated."""
    promise, undo = advance_begun(stand, command, "walk")
    return promise_changed(without_tables(promise), undo)


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
        date = CalendarDate(period.service_date, "full")
        said = message("period-is-ahead", date=date, opens=clock(stand.house, period.opens))
        raise CommandRefused("NOT_POSSIBLE_NOW", said)


def with_party_size(stand: Stand, promise: Promise, size: int) -> Promise:
    """Return the promise for another party size, with its tables if they still fit.

    How long it stays changes with the size, unless staff set it. A smaller party is re-planned
    unless it is kept at its tables.
    """
    promise = _allow_duplicate(stand, promise)
    if size == promise.party_size:
        return promise
    room = room_of(stand.house)
    area = promise.needs.area or (room.area_of(promise.tables) if promise.fixed else None)
    turn = timedelta(minutes=turn_minutes(stand.house, size, stand.picture.period, area))
    table_set = room.table_set(promise.tables) or ()
    stays = is_kept_in_place(promise) or size > promise.party_size
    serves = room.capacity(table_set) >= size and stays
    return replace(
        with_fixed_tables(promise, fixed=promise.fixed and serves),
        pinned_by=promise.pinned_by if serves else None,
        party_size=size,
        ends=promise.ends if promise.duration_minutes else expected_at(promise) + turn,
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
    return stepped_promise(stand, command.reservation_id, command.version, event)


def stepped_promise(
    stand: Stand, reservation_id: UUID, version: int, event: ReservationEvent
) -> tuple[Promise, int | None]:
    """As `advance_promise`, for a command that may be about another thing too."""
    promise = stand.promise(reservation_id, version)
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


def _at_its_tables(stand: Stand, promise: Promise) -> Promise:
    """Return a no-show that comes after all at the tables it had, if they are free.

    They are fixed again if they were promised to it.
    """
    was = stand.promise(promise.reservation_id)
    had = promise.lost_tables or promise.last_tables
    back = replace(promise, last_tables=())
    if was.state != "no_show" or not had or trouble_with_names(stand.house, had):
        return back
    answer = _ask_for_tables(stand, promise, had, anywhere=True)
    if isinstance(answer, No) or answer.moved:
        return back
    promised = bool(promise.lost_tables)
    return replace(with_fixed_tables(back, fixed=promised), tables=answer.tables)


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

    With a reason also where the plan has no room for that. In another area than the guest wished,
    which is no longer asked for then, with a reason or where OTHER_AREA is accepted; at tables that
    an access rule keeps for others, with a reason.
    """
    promise, undo = advance_promise(stand, command, "move_table")
    if promise.state == "seated":
        raise CommandRefused("NOT_POSSIBLE_NOW", message("sits-already"))
    check_names(stand, command.tables)
    noted = _in_another_area(stand, promise, command.tables)
    if noted:
        promise = replace(promise, needs=replace(promise.needs, area=None))
    anywhere = command.reason is not None
    answer = _ask_for_tables(stand, promise, command.tables, anywhere=anywhere)
    if isinstance(answer, No):
        changes = _overruled(stand, promise, command.tables, command.reason, answer)
        return _outcome(promise, changes, undo, noted, overruled=True)
    assigned = replace(
        with_fixed_tables(promise, fixed=command.fixed),
        tables=answer.tables,
        kind="physical",
        overruled=False,
        exposed=False,
    )
    changes = with_plan_moves(stand.picture, answer.moved, Changes(promises=(assigned,)))
    return _outcome(promise, changes, undo, noted)


def approve(stand: Stand, command: Approve) -> Outcome:
    """Approve a request: planned if the engine says yes, else only with a reason.

    With a reason the tables it names are its plan unless a fact or a promised table stands against
    it; without any named it is overbooked.
    """
    promise, _ = advance_promise(stand, command, "approve")
    tables = command.tables or ()
    check_names(stand, tables)
    anywhere = command.reason is not None
    answer = _decide(stand, promise, tables, anywhere=anywhere)
    if isinstance(answer, Yes):
        booked = replace(
            with_fixed_tables(_allow_duplicate(stand, promise), fixed=bool(tables)),
            tables=answer.tables,
            kind=answer.kind,
            risk=answer.risk,
        )
        changes = with_plan_moves(stand.picture, answer.moved, Changes(promises=(booked,)))
    elif tables:
        changes = _overruled(stand, promise, tables, command.reason, answer)
    elif command.reason is None:
        said = _unless_reasoned("with-a-reason-all-the-same", answer)
        raise CommandRefused("NOT_POSSIBLE_NOW", said, "/reason")
    else:
        overbooked = replace(promise, kind="overbooked", overruled=True, duplicate_allowed=True)
        changes = Changes(promises=(overbooked,))
    return _outcome(promise, changes, None, overruled=isinstance(answer, No))


def check_given(stand: Stand, changes: Changes, command: Assign | Approve) -> None:
    """Raise CommandRefused unless the settled plan gives the party the tables it was named."""
    promise = stand.promise(command.reservation_id)
    if command.tables and not has_tables(changes, promise, command.tables):
        raise CommandRefused("NOT_POSSIBLE_NOW", not_given(command.tables), "/tables")


def _overruled(
    stand: Stand, promise: Promise, tables: tuple[str, ...], reason: str | None, no: No
) -> Changes:
    """Plan named tables against the engine's no; raises CommandRefused with what can be done."""
    picture, house, now = stand.picture, stand.house, stand.now
    if why := in_the_way(picture, promise, tables, house, now=now):
        raise CommandRefused("NOT_POSSIBLE_NOW", why, "/tables")
    if reason is None:
        own = no.code == "AREA_NOT_BOOKABLE"  # it says itself what a reason does
        said = no.said if own else _unless_reasoned("with-a-reason-these-tables", no)
        raise CommandRefused("NOT_POSSIBLE_NOW", said, "/reason")
    given = give_named(picture, promise, tables, house, now=now)
    if isinstance(given, Message):
        raise CommandRefused("NOT_POSSIBLE_NOW", given, "/tables")
    return given


def _unless_reasoned(key: str, no: No) -> Message:
    """Return a refusal with what a reason would do; an access rule's says it already."""
    return no.said if no.code == "AREA_NOT_BOOKABLE" else message(key, refusal=no.said)


def _outcome(
    promise: Promise,
    changes: Changes,
    undo: int | None,
    noted: tuple[OrderWarning, ...] = (),
    *,
    overruled: bool = False,
) -> Outcome:
    return Outcome(
        changes=changes,
        subject=promise.reservation_id,
        undo_seconds=undo,
        overruled=overruled,
        noted=noted,
    )


def decline(stand: Stand, command: Decline) -> Outcome:
    """Decline a request."""
    promise, undo = advance_promise(stand, command, "decline")
    changes = Changes(promises=(promise,))
    return Outcome(changes=changes, subject=promise.reservation_id, undo_seconds=undo)


def _in_another_area(
    stand: Stand, promise: Promise, tables: tuple[str, ...]
) -> tuple[OrderWarning, ...]:
    """Return the warning that tables are in another area than the guest wished for, if they are."""
    wished, house = promise.needs.area, stand.house
    other = tuple(t.id for t in house.tables if t.id in tables and t.area != wished)
    if wished is None or not other:
        return ()
    party = party_message(promise.name, promise.party_size)
    key = promise.reservation_id
    return (other_area(house, party, wished, other, reservation_id=key),)


def _ask_for_tables(
    stand: Stand, promise: Promise, tables: tuple[str, ...], *, anywhere: bool
) -> Answer:
    """Return whether the tables are free in the plan; booking rules are not asked again.

    `anywhere`: also against the access rules.
    """
    remaining = without_intentions(stand.picture, promise.reservation_id, None)
    ask = _ask(promise, tables, anywhere=anywhere)
    question = Question(picture=remaining, ask=ask, house=stand.house, now=stand.now)
    return Tables(remaining, stand.house, stand.now).answer(question)


def _decide(stand: Stand, promise: Promise, tables: tuple[str, ...], *, anywhere: bool) -> Answer:
    return decide(
        stand.picture,
        _ask(promise, tables, anywhere=anywhere),
        stand.house,
        now=min(stand.now, promise.starts),
        without=promise.reservation_id,
        quick=True,
    )


def _ask(promise: Promise, tables: tuple[str, ...], *, anywhere: bool) -> Ask:
    return Ask(
        party_size=promise.party_size,
        starts=promise.starts,
        channel="desk",
        needs=promise.needs,
        guest_id=promise.guest_id,
        guest_name=promise.name,
        tables=tables,
        minutes=minutes_since_start(promise),
        tags=promise.tags,
        preferences=promise.preferences,
        anywhere=anywhere,
    )
