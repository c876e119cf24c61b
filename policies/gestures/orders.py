"""What a host may send about a gesture."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from policies.book.lifecycles import GestureEvent
from policies.floor.orders import Called, Order, Said
from policies.house.rules import Cause

Line = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]


Amount = Annotated[int, Meta(ge=1, le=100_000_000)]


class OfferGesture(Order, frozen=True, kw_only=True):
    """Offer an item of the catalogue to one party; `id` names the gesture.

    `line` is what is said to the guest ("because ..."), `reason` what the house remembers, `cause`
    the same in one word. `amount`: of an amount off, a refund (of a `dish`) or a claim, whatever
    it is about: nobody is asked to prove anything. `encore`: a second one, after the first.
    `guest_asked`: the person asked the guest whether it may have it.
    """

    item: str
    line: Line
    reason: Said
    cause: Cause = "own_wish"
    amount: Amount | None = None
    dish: Called = ""
    complaint_id: UUID | None = None
    encore: bool = False
    guest_asked: bool = False
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class AnswerGesture(Order, frozen=True, kw_only=True):
    """What becomes of an offered gesture; `version` is the one the tablet saw."""

    gesture_id: UUID
    version: int


class AcceptGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest said yes."""


class DeclineGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest said no, thank you."""


class DeliverGesture(AnswerGesture, frozen=True, kw_only=True):
    """It has been brought."""


class VoidGesture(AnswerGesture, frozen=True, kw_only=True):
    """The house takes it back before it was brought."""

    reason: Said


class UndoGesture(AnswerGesture, frozen=True, kw_only=True):
    """The last tap was a slip."""


EVENTS: dict[type[AnswerGesture], GestureEvent] = {
    AcceptGesture: "accept",
    DeclineGesture: "decline",
    DeliverGesture: "deliver",
    VoidGesture: "void",
}
