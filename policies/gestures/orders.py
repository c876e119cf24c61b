"""The commands of gestures. Class names are stored as the kind of an action."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from policies.book.lifecycles import GestureEvent
from policies.floor.orders import Command, ReasonText, ShortText
from policies.house.rules import GestureCause
from policies.words.letters import NAME

Line = Annotated[str, Meta(min_length=1, max_length=300, pattern=NAME)]


Amount = Annotated[int, Meta(ge=1, le=100_000_000)]


class OfferGesture(Command, frozen=True, kw_only=True):
    """Offer an item of the catalogue to one party; `id` names the gesture.

    `line` is said to the guest ("because ..."), `reason` is for the record, `cause` is its code.
    `amount`: for an amount off, a refund (of a `dish`) or a claim; no proof is asked. `encore`: a
    second gesture to the same party. `guest_asked`: the giver asked the guest about allergies.
    """

    item: str
    line: Line
    reason: ReasonText
    cause: GestureCause = "own_wish"
    amount: Amount | None = None
    dish: ShortText = ""
    complaint_id: UUID | None = None
    encore: bool = False
    guest_asked: bool = False
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class AnswerGesture(Command, frozen=True, kw_only=True):
    """Base of the commands on an offered gesture; `version` is the one the tablet saw."""

    gesture_id: UUID
    version: int


class AcceptGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest accepts."""


class DeclineGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest declines."""


class DeliverGesture(AnswerGesture, frozen=True, kw_only=True):
    """The gesture has been brought to the table."""


class VoidGesture(AnswerGesture, frozen=True, kw_only=True):
    """Withdraw the gesture before it is delivered."""

    reason: ReasonText


class UndoGesture(AnswerGesture, frozen=True, kw_only=True):
    """Undo the gesture's last event."""


EVENTS: dict[type[AnswerGesture], GestureEvent] = {
    AcceptGesture: "accept",
    DeclineGesture: "decline",
    DeliverGesture: "deliver",
    VoidGesture: "void",
}
