"""The lifecycles as tables: from which state, by which event, to which state, and by whom.

What a table allows may still be refused by the room or the clock (a full house, a cut-off, a
period that has closed): those are decisions. What it does not name is impossible.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from policies.book.picture import (
    ApprovalState,
    GestureState,
    HeldState,
    RescueState,
    ReservationState,
    SeatingState,
    SlotHoldState,
    WaitState,
)

Actor = Literal["guest", "partner", "host", "manager", "job"]
ReservationEvent = Literal[
    "approve",
    "decline",
    "change",
    "change_party_size",
    "move_table",
    "cancel",
    "arrive",
    "unarrive",
    "seat",
    "unseat",
    "finish",
    "mark_no_show",
    "reopen",
    "walk",
]
SlotHoldEvent = Literal["confirm", "give_back", "expire"]
HeldEvent = Literal["grant", "release", "cancel"]
WaitEvent = Literal["change", "notify", "requeue", "seat", "leave", "turn_away"]
SeatingEvent = Literal[
    "check_down",
    "dessert",
    "move",
    "split",
    "merge",
    "extend",
    "change_party_size",
    "unseat",
    "clear",
]
GestureEvent = Literal["offer", "accept", "decline", "deliver", "void", "expire"]
RescueEvent = Literal["open", "take", "lapse"]
ApprovalEvent = Literal["approve", "refuse", "expire"]

StateT = TypeVar("StateT", bound=str)
EventT = TypeVar("EventT", bound=str)


class Step(Struct, Generic[StateT], frozen=True):
    """Where an event leads, who may cause it, and for how many seconds staff can undo it.

    `undo_seconds` None: never undone, because others may have acted on it at once (a cancelled
    table is on sale again) or because an event of its own leads back.
    """

    to: StateT
    by: frozenset[Actor]
    undo_seconds: int | None = None


class NotPossible(ValueError):
    """In this state the event cannot happen. `possible`: the events that can."""

    def __init__(self, state: str, event: str, possible: tuple[str, ...]) -> None:
        instead = f"possible now: {', '.join(possible)}" if possible else "nothing can follow"
        super().__init__(f"{event} is not possible when {state}; {instead}")
        self.state = state
        self.event = event
        self.possible = possible


class NotAllowed(PermissionError):
    """The event is possible, but not for this actor. `allowed`: for whom it is."""

    def __init__(self, event: str, by: Actor, allowed: frozenset[Actor]) -> None:
        super().__init__(f"{event} is for {', '.join(sorted(allowed))}, not for {by}")
        self.event = event
        self.by = by
        self.allowed = allowed


class TooLate(ValueError):
    """The event can no longer be undone. `undo_seconds` None: it never could."""

    def __init__(self, event: str, undo_seconds: int | None) -> None:
        limit = f"only for {undo_seconds} seconds" if undo_seconds else "not at all"
        super().__init__(f"{event} can be undone {limit}")
        self.event = event
        self.undo_seconds = undo_seconds


def step(
    lifecycle: Mapping[tuple[StateT, EventT], Step[StateT]],
    state: StateT,
    event: EventT,
    by: Actor,
) -> Step[StateT]:
    """Return what the event leads to; raises NotPossible or NotAllowed."""
    found = lifecycle.get((state, event))
    if found is None:
        instead = possible(lifecycle, state)
        raise NotPossible(state, event, instead)
    if by not in found.by:
        raise NotAllowed(event, by, found.by)
    return found


def undo(
    lifecycle: Mapping[tuple[StateT, EventT], Step[StateT]],
    before: StateT,
    event: EventT,
    by: Actor,
    *,
    age: timedelta,
) -> StateT:
    """Return the state to put back after an event of that age; raises NotAllowed, TooLate."""
    done = step(lifecycle, before, event, "manager")
    if by not in STAFF:
        raise NotAllowed("undo", by, STAFF)
    if done.undo_seconds is None or age > timedelta(seconds=done.undo_seconds):
        raise TooLate(event, done.undo_seconds)
    return before


def possible(
    lifecycle: Mapping[tuple[StateT, EventT], Step[StateT]], state: StateT
) -> tuple[EventT, ...]:
    """Return the events that can happen in a state, in the order of the table."""
    return tuple(event for before, event in lifecycle if before == state)


STAFF: frozenset[Actor] = frozenset({"host", "manager"})
MANAGER_OR_JOB: frozenset[Actor] = frozenset({"manager", "job"})
STAFF_OR_JOB: frozenset[Actor] = STAFF | {"job"}
ANY_PERSON: frozenset[Actor] = STAFF | {"guest", "partner"}
BOOKER: frozenset[Actor] = frozenset({"guest", "partner"})
JOB: frozenset[Actor] = frozenset({"job"})
MANAGER: frozenset[Actor] = frozenset({"manager"})

SLIP_SECONDS = 120
"""A tap on the wrong row is noticed within about two minutes (assumption)."""

RESERVATION: Mapping[tuple[ReservationState, ReservationEvent], Step[ReservationState]] = {
    ("requested", "approve"): Step("booked", STAFF),
    # A request that nobody answered is declined when its period closes.
    ("requested", "decline"): Step("declined", STAFF_OR_JOB),
    ("requested", "change"): Step("requested", ANY_PERSON),
    ("requested", "change_party_size"): Step("requested", ANY_PERSON),
    ("requested", "cancel"): Step("cancelled", ANY_PERSON),
    ("booked", "change"): Step("booked", ANY_PERSON),
    ("booked", "change_party_size"): Step("booked", ANY_PERSON),
    ("booked", "move_table"): Step("booked", STAFF, SLIP_SECONDS),
    ("booked", "cancel"): Step("cancelled", ANY_PERSON),
    ("booked", "arrive"): Step("arrived", STAFF, SLIP_SECONDS),
    # Seating implies the arrival: at the door nobody taps twice.
    ("booked", "seat"): Step("seated", STAFF, SLIP_SECONDS),
    ("booked", "mark_no_show"): Step("no_show", STAFF_OR_JOB),
    ("booked", "walk"): Step("walked", STAFF, SLIP_SECONDS),
    # More of the party come.
    ("arrived", "arrive"): Step("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "unarrive"): Step("booked", STAFF),
    ("arrived", "change_party_size"): Step("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "move_table"): Step("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "seat"): Step("seated", STAFF, SLIP_SECONDS),
    ("arrived", "cancel"): Step("cancelled", STAFF, SLIP_SECONDS),
    # Whoever was here and never seated is walked at the latest when the period closes.
    ("arrived", "walk"): Step("walked", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "arrive"): Step("seated", STAFF, SLIP_SECONDS),
    ("seated", "change_party_size"): Step("seated", STAFF, SLIP_SECONDS),
    ("seated", "move_table"): Step("seated", STAFF, SLIP_SECONDS),
    ("seated", "unseat"): Step("arrived", STAFF),
    ("seated", "finish"): Step("finished", STAFF_OR_JOB, SLIP_SECONDS),
    # The party is here after all, or called that it is on its way.
    ("no_show", "arrive"): Step("arrived", STAFF, SLIP_SECONDS),
    ("no_show", "seat"): Step("seated", STAFF, SLIP_SECONDS),
    ("no_show", "reopen"): Step("booked", STAFF),
}

SLOT_HOLD: Mapping[tuple[SlotHoldState, SlotHoldEvent], Step[SlotHoldState]] = {
    ("held", "confirm"): Step("confirmed", BOOKER),
    ("held", "give_back"): Step("given_back", BOOKER),
    ("held", "expire"): Step("expired", JOB),
}

HELD_TABLE: Mapping[tuple[HeldState, HeldEvent], Step[HeldState]] = {
    ("held", "grant"): Step("granted", STAFF, SLIP_SECONDS),
    ("held", "release"): Step("released", MANAGER_OR_JOB, SLIP_SECONDS),
    # Facts won: a promise needed its place.
    ("held", "cancel"): Step("cancelled", MANAGER_OR_JOB),
}

WAITLIST: Mapping[tuple[WaitState, WaitEvent], Step[WaitState]] = {
    ("waiting", "change"): Step("waiting", STAFF),
    ("waiting", "notify"): Step("notified", STAFF_OR_JOB),
    ("waiting", "seat"): Step("seated", STAFF, SLIP_SECONDS),
    ("waiting", "leave"): Step("left", STAFF_OR_JOB | {"guest"}, SLIP_SECONDS),
    ("waiting", "turn_away"): Step("turned_away", STAFF_OR_JOB, SLIP_SECONDS),
    ("notified", "change"): Step("notified", STAFF),
    ("notified", "notify"): Step("notified", STAFF_OR_JOB),
    ("notified", "requeue"): Step("waiting", STAFF_OR_JOB),
    ("notified", "seat"): Step("seated", STAFF, SLIP_SECONDS),
    ("notified", "leave"): Step("left", STAFF_OR_JOB | {"guest"}, SLIP_SECONDS),
    ("notified", "turn_away"): Step("turned_away", STAFF_OR_JOB, SLIP_SECONDS),
}

UNCLEARED: tuple[SeatingState, ...] = ("seated", "check_down", "dessert")

_ANY_TIME: Mapping[SeatingEvent, frozenset[Actor]] = {
    "move": STAFF,
    "split": STAFF,
    "merge": STAFF,
    "extend": STAFF_OR_JOB,
    "change_party_size": STAFF,
}

# The till speaks through a job.
SEATING: Mapping[tuple[SeatingState, SeatingEvent], Step[SeatingState]] = {
    ("seated", "dessert"): Step("dessert", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "check_down"): Step("check_down", STAFF_OR_JOB, SLIP_SECONDS),
    ("dessert", "check_down"): Step("check_down", STAFF_OR_JOB, SLIP_SECONDS),
    # One more sweet after the bill.
    ("check_down", "dessert"): Step("dessert", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "unseat"): Step("cleared", STAFF),
    **{
        (state, event): Step(state, by, SLIP_SECONDS)
        for state in UNCLEARED
        for event, by in _ANY_TIME.items()
    },
    **{(state, "clear"): Step("cleared", STAFF_OR_JOB, SLIP_SECONDS) for state in UNCLEARED},
}

# What is declined, voided or expired gives its money back to the purses it came from.
GESTURE: Mapping[tuple[GestureState, GestureEvent], Step[GestureState]] = {
    ("suggested", "offer"): Step("offered", STAFF),
    ("suggested", "void"): Step("voided", STAFF_OR_JOB),
    ("suggested", "expire"): Step("expired", JOB),
    ("offered", "accept"): Step("accepted", STAFF, SLIP_SECONDS),
    ("offered", "decline"): Step("declined", STAFF, SLIP_SECONDS),
    # What is carried to the table at once was never a question.
    ("offered", "deliver"): Step("delivered", STAFF, SLIP_SECONDS),
    ("offered", "void"): Step("voided", STAFF),
    ("offered", "expire"): Step("expired", JOB),
    # The guest thought better of it.
    ("accepted", "decline"): Step("declined", STAFF, SLIP_SECONDS),
    ("accepted", "deliver"): Step("delivered", STAFF, SLIP_SECONDS),
    ("accepted", "void"): Step("voided", STAFF),
    # Nobody brought it before the period closed.
    ("accepted", "expire"): Step("expired", JOB),
}

# What nobody opened can still be taken at one tap; then the room may say no.
RESCUE_OPTION: Mapping[tuple[RescueState, RescueEvent], Step[RescueState]] = {
    ("listed", "open"): Step("opened", STAFF),
    ("listed", "take"): Step("taken", STAFF, SLIP_SECONDS),
    ("listed", "lapse"): Step("lapsed", STAFF_OR_JOB),
    ("opened", "take"): Step("taken", STAFF, SLIP_SECONDS),
    ("opened", "lapse"): Step("lapsed", STAFF_OR_JOB),
}

APPROVAL: Mapping[tuple[ApprovalState, ApprovalEvent], Step[ApprovalState]] = {
    ("waiting", "approve"): Step("approved", MANAGER),
    ("waiting", "refuse"): Step("refused", MANAGER),
    ("waiting", "expire"): Step("expired", JOB),
}
