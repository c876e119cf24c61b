"""Lifecycles as transition tables: (state, event) -> new state, actors, undo time.

A transition in a table may still be refused by a decision (a full house, a cut-off, a closed
period). A pair that is not in the table is impossible.
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
from policies.book.refusals import Refusal
from policies.words.message import message

Actor = Literal["guest", "partner", "host", "manager", "job"]
ReservationEvent = Literal[
    "approve",
    "decline",
    "change",
    "change_party_size",
    "request",
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
    "reinstate",
    "reconfirm",
    "tell_late",
    "place",
    "call",
    "coming",
    "pin",
]
SlotHoldEvent = Literal["confirm", "give_back", "expire"]
HeldEvent = Literal["grant", "release", "cancel"]
WaitEvent = Literal[
    "change",
    "notify",
    "coming",
    "place",
    "requeue",
    "seat",
    "leave",
    "no_answer",
    "turn_away",
    "rejoin",
]
SeatingEvent = Literal[
    "check_down",
    "dessert",
    "pay",
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


class Transition(Struct, Generic[StateT], frozen=True):
    """The state an event leads to, who may cause it, and the seconds in which staff can undo it.

    `undo_seconds` None: no undo, because others may have acted on it at once (a cancelled table is
    on sale again) or because another event leads back.
    """

    to: StateT
    by: frozenset[Actor]
    undo_seconds: int | None = None


class NotPossible(Refusal):
    """The event is not possible in this state. `possible`: the events that are."""

    code = "NOT_POSSIBLE_NOW"

    def __init__(self, state: str, event: str, possible: tuple[str, ...]) -> None:
        super().__init__(message("step-not-possible", event=event, state=state))
        self.state = state
        self.event = event
        self.possible = possible


class ActorNotAllowed(Refusal):
    """The event is possible, but not for this actor. `allowed`: the actors that may cause it."""

    code = "NOT_ALLOWED"

    def __init__(self, event: str, by: Actor, allowed: frozenset[Actor]) -> None:
        super().__init__(message("step-not-allowed", who=_who(allowed)))
        self.event = event
        self.by = by
        self.allowed = allowed


class TooLate(Refusal):
    """The event can no longer be undone. `undo_seconds` None: it never could."""

    code = "TOO_LATE"

    def __init__(self, event: str, undo_seconds: int | None) -> None:
        never = message("cannot-be-taken-back")
        super().__init__(message("step-too-late", seconds=undo_seconds) if undo_seconds else never)
        self.event = event
        self.undo_seconds = undo_seconds


def _who(allowed: frozenset[Actor]) -> str:
    """Return who may do it, in the one word that the sentence is about."""
    if "host" in allowed:
        return "staff"
    if "manager" in allowed:
        return "manager"
    return "guest" if "guest" in allowed else "house"


def transition(
    lifecycle: Mapping[tuple[StateT, EventT], Transition[StateT]],
    state: StateT,
    event: EventT,
    by: Actor,
) -> Transition[StateT]:
    """Return what the event leads to; raises NotPossible or NotAllowed."""
    found = lifecycle.get((state, event))
    if found is None:
        instead = possible_events(lifecycle, state)
        raise NotPossible(state, event, instead)
    if by not in found.by:
        raise ActorNotAllowed(event, by, found.by)
    return found


def state_before(
    lifecycle: Mapping[tuple[StateT, EventT], Transition[StateT]],
    before: StateT,
    event: EventT,
    by: Actor,
    *,
    age: timedelta,
) -> StateT:
    """Return the state before an event of that age, for an undo; ActorNotAllowed, TooLate."""
    done = transition(lifecycle, before, event, "manager")
    if by not in STAFF:
        raise ActorNotAllowed("undo", by, STAFF)
    if done.undo_seconds is None or age > timedelta(seconds=done.undo_seconds):
        raise TooLate(event, done.undo_seconds)
    return before


def possible_events(
    lifecycle: Mapping[tuple[StateT, EventT], Transition[StateT]], state: StateT
) -> tuple[EventT, ...]:
    """Return the events possible in a state, in the order of the table."""
    return tuple(event for before, event in lifecycle if before == state)


STAFF: frozenset[Actor] = frozenset({"host", "manager"})
MANAGER_OR_JOB: frozenset[Actor] = frozenset({"manager", "job"})
STAFF_OR_JOB: frozenset[Actor] = STAFF | {"job"}
ANY_PERSON: frozenset[Actor] = STAFF | {"guest", "partner"}
BOOKER: frozenset[Actor] = frozenset({"guest", "partner"})
JOB: frozenset[Actor] = frozenset({"job"})
MANAGER: frozenset[Actor] = frozenset({"manager"})

SLIP_SECONDS = 120
"""Undo time of a mistaken tap; assumed to be noticed within two minutes."""

GUEST_SLIP_SECONDS = 60
"""As SLIP_SECONDS, for a party that left the waitlist itself: its place may be wanted by others."""

RESERVATION: Mapping[tuple[ReservationState, ReservationEvent], Transition[ReservationState]] = {
    ("requested", "approve"): Transition("booked", STAFF),
    # A request that nobody answered is declined when its period closes.
    ("requested", "decline"): Transition("declined", STAFF_OR_JOB),
    ("requested", "change"): Transition("requested", ANY_PERSON),
    ("requested", "change_party_size"): Transition("requested", ANY_PERSON),
    ("requested", "cancel"): Transition("cancelled", ANY_PERSON),
    ("booked", "change"): Transition("booked", ANY_PERSON),
    ("booked", "change_party_size"): Transition("booked", ANY_PERSON),
    # A guest's move to where a person approves: it is asked for anew.
    ("booked", "request"): Transition("requested", BOOKER),
    ("booked", "move_table"): Transition("booked", STAFF, SLIP_SECONDS),
    ("booked", "cancel"): Transition("cancelled", ANY_PERSON),
    ("booked", "arrive"): Transition("arrived", STAFF, SLIP_SECONDS),
    # Seating implies the arrival: at the door nobody taps twice.
    ("booked", "seat"): Transition("seated", STAFF, SLIP_SECONDS),
    ("booked", "mark_no_show"): Transition("no_show", STAFF_OR_JOB),
    # Whoever was promised hours that the house closed is walked when the period closes.
    ("booked", "walk"): Transition("walked", STAFF_OR_JOB, SLIP_SECONDS),
    # More of the party come.
    ("arrived", "arrive"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "unarrive"): Transition("booked", STAFF),
    ("arrived", "change_party_size"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "move_table"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "seat"): Transition("seated", STAFF, SLIP_SECONDS),
    ("arrived", "cancel"): Transition("cancelled", STAFF, SLIP_SECONDS),
    # Whoever was here and never seated is walked at the latest when the period closes.
    ("arrived", "walk"): Transition("walked", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "arrive"): Transition("seated", STAFF, SLIP_SECONDS),
    ("seated", "change_party_size"): Transition("seated", STAFF, SLIP_SECONDS),
    ("seated", "move_table"): Transition("seated", STAFF, SLIP_SECONDS),
    ("seated", "unseat"): Transition("arrived", STAFF),
    ("seated", "finish"): Transition("finished", STAFF_OR_JOB, SLIP_SECONDS),
    # The party is here after all, or called that it is on its way.
    ("no_show", "arrive"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("no_show", "seat"): Transition("seated", STAFF, SLIP_SECONDS),
    ("no_show", "reopen"): Transition("booked", STAFF),
    # It ended by mistake, or the guest thought better of it: booked again, if there is a place.
    ("cancelled", "reinstate"): Transition("booked", STAFF),
    ("declined", "reinstate"): Transition("booked", STAFF),
    ("walked", "reinstate"): Transition("booked", STAFF),
    # Marks: they change no state.
    ("booked", "reconfirm"): Transition("booked", STAFF | {"guest"}, SLIP_SECONDS),
    ("booked", "tell_late"): Transition("booked", STAFF | {"guest"}, SLIP_SECONDS),
    ("booked", "coming"): Transition("booked", STAFF | {"guest"}, SLIP_SECONDS),
    ("booked", "pin"): Transition("booked", STAFF, SLIP_SECONDS),
    ("arrived", "pin"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "place"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "call"): Transition("arrived", STAFF, SLIP_SECONDS),
    ("arrived", "coming"): Transition("arrived", STAFF, SLIP_SECONDS),
}

SLOT_HOLD: Mapping[tuple[SlotHoldState, SlotHoldEvent], Transition[SlotHoldState]] = {
    ("held", "confirm"): Transition("confirmed", BOOKER),
    ("held", "give_back"): Transition("given_back", BOOKER),
    ("held", "expire"): Transition("expired", JOB),
}

HELD_TABLE: Mapping[tuple[HeldState, HeldEvent], Transition[HeldState]] = {
    ("held", "grant"): Transition("granted", STAFF, SLIP_SECONDS),
    ("held", "release"): Transition("released", MANAGER_OR_JOB, SLIP_SECONDS),
    # A fact took its table and it could not be planned elsewhere.
    ("held", "cancel"): Transition("cancelled", MANAGER_OR_JOB),
}

WAITLIST: Mapping[tuple[WaitState, WaitEvent], Transition[WaitState]] = {
    ("waiting", "change"): Transition("waiting", STAFF),
    ("waiting", "notify"): Transition("notified", STAFF_OR_JOB),
    ("waiting", "seat"): Transition("seated", STAFF, SLIP_SECONDS),
    ("waiting", "leave"): Transition("left", STAFF_OR_JOB | {"guest"}, SLIP_SECONDS),
    ("waiting", "turn_away"): Transition("turned_away", STAFF_OR_JOB, SLIP_SECONDS),
    ("waiting", "place"): Transition("waiting", STAFF, SLIP_SECONDS),
    # A guest says so on its own page, called or not.
    ("waiting", "coming"): Transition("waiting", STAFF | {"guest"}, SLIP_SECONDS),
    ("notified", "change"): Transition("notified", STAFF),
    ("notified", "notify"): Transition("notified", STAFF_OR_JOB),
    ("notified", "place"): Transition("notified", STAFF, SLIP_SECONDS),
    ("notified", "coming"): Transition("notified", STAFF | {"guest"}, SLIP_SECONDS),
    ("notified", "requeue"): Transition("waiting", STAFF_OR_JOB, SLIP_SECONDS),
    ("notified", "seat"): Transition("seated", STAFF, SLIP_SECONDS),
    ("notified", "leave"): Transition("left", STAFF_OR_JOB | {"guest"}, SLIP_SECONDS),
    ("notified", "turn_away"): Transition("turned_away", STAFF_OR_JOB, SLIP_SECONDS),
    # Only who was called can fail to answer.
    ("notified", "no_answer"): Transition("gone", STAFF, SLIP_SECONDS),
    ("left", "rejoin"): Transition("waiting", STAFF, SLIP_SECONDS),
    ("gone", "rejoin"): Transition("waiting", STAFF, SLIP_SECONDS),
}

UNCLEARED: tuple[SeatingState, ...] = ("seated", "check_down", "dessert", "paid")

_ANY_TIME: Mapping[SeatingEvent, frozenset[Actor]] = {
    "move": STAFF,
    "split": STAFF,
    "merge": STAFF,
    "extend": STAFF_OR_JOB,
    "change_party_size": STAFF,
}

# Events of the till are applied by a job.
SEATING: Mapping[tuple[SeatingState, SeatingEvent], Transition[SeatingState]] = {
    ("seated", "dessert"): Transition("dessert", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "check_down"): Transition("check_down", STAFF_OR_JOB, SLIP_SECONDS),
    ("dessert", "check_down"): Transition("check_down", STAFF_OR_JOB, SLIP_SECONDS),
    # One more sweet after the bill.
    ("check_down", "dessert"): Transition("dessert", STAFF_OR_JOB, SLIP_SECONDS),
    # A small house never tells of the check, so whoever sits may have paid.
    ("seated", "pay"): Transition("paid", STAFF_OR_JOB, SLIP_SECONDS),
    ("dessert", "pay"): Transition("paid", STAFF_OR_JOB, SLIP_SECONDS),
    ("check_down", "pay"): Transition("paid", STAFF_OR_JOB, SLIP_SECONDS),
    # It ordered once more, and gets another check.
    ("paid", "check_down"): Transition("check_down", STAFF_OR_JOB, SLIP_SECONDS),
    ("seated", "unseat"): Transition("cleared", STAFF),
    **{
        (state, event): Transition(state, by, SLIP_SECONDS)
        for state in UNCLEARED
        for event, by in _ANY_TIME.items()
    },
    **{(state, "clear"): Transition("cleared", STAFF_OR_JOB, SLIP_SECONDS) for state in UNCLEARED},
}

# What is declined, voided or expired gives its money back to the purses it came from.
GESTURE: Mapping[tuple[GestureState, GestureEvent], Transition[GestureState]] = {
    ("suggested", "offer"): Transition("offered", STAFF),
    ("suggested", "void"): Transition("voided", STAFF_OR_JOB),
    ("suggested", "expire"): Transition("expired", JOB),
    ("offered", "accept"): Transition("accepted", STAFF, SLIP_SECONDS),
    ("offered", "decline"): Transition("declined", STAFF, SLIP_SECONDS),
    # What is carried to the table at once was never a question.
    ("offered", "deliver"): Transition("delivered", STAFF, SLIP_SECONDS),
    ("offered", "void"): Transition("voided", STAFF),
    ("offered", "expire"): Transition("expired", JOB),
    # The guest thought better of it.
    ("accepted", "decline"): Transition("declined", STAFF, SLIP_SECONDS),
    ("accepted", "deliver"): Transition("delivered", STAFF, SLIP_SECONDS),
    ("accepted", "void"): Transition("voided", STAFF),
    # Nobody brought it before the period closed.
    ("accepted", "expire"): Transition("expired", JOB),
}

# What nobody opened can still be taken at one tap; then the room may say no.
RESCUE_OPTION: Mapping[tuple[RescueState, RescueEvent], Transition[RescueState]] = {
    ("listed", "open"): Transition("opened", STAFF),
    ("listed", "take"): Transition("taken", STAFF, SLIP_SECONDS),
    ("listed", "lapse"): Transition("lapsed", STAFF_OR_JOB),
    ("opened", "take"): Transition("taken", STAFF, SLIP_SECONDS),
    ("opened", "lapse"): Transition("lapsed", STAFF_OR_JOB),
}

APPROVAL: Mapping[tuple[ApprovalState, ApprovalEvent], Transition[ApprovalState]] = {
    ("waiting", "approve"): Transition("approved", MANAGER),
    ("waiting", "refuse"): Transition("refused", MANAGER),
    ("waiting", "expire"): Transition("expired", JOB),
}
